package dev.logshipper.tls;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Makes TLS sockets of the native library. Immutable.
final class NativeSocketFactory extends LayeredSocketFactory {
  private final X509ExtendedTrustManager trustManager;
  private final @Nullable NativeKey key;

  /// @param key presented to servers that ask for one
  NativeSocketFactory(X509ExtendedTrustManager trustManager, @Nullable NativeKey key) {
    this.trustManager = trustManager;
    this.key = key;
  }

  /// @param autoClose must be true
  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    if (!autoClose) {
      throw new IllegalArgumentException("closing it closes the TCP socket");
    }
    return new NativeSocket(socket, host, port, trustManager, key);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return NativeSuites.all();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return NativeSuites.all();
  }
}
