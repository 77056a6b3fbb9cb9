package dev.logshipper.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// The JDK's TLS, with a cheaper first handshake (see [KeyShares]). Thread-safe.
final class JdkSocketFactory extends LayeredSocketFactory {
  private final SSLSocketFactory factory;
  private final KeyShares shares;

  /// @param shares also gets the certificates' arrival from the trust manager
  JdkSocketFactory(
      TrustManager trustManager, List<KeyManager> clientCertificates, KeyShares shares) {
    this.shares = shares;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          clientCertificates.toArray(new KeyManager[0]), new TrustManager[] {trustManager}, null);
      factory = context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS in this JVM", e);
    }
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, port, autoClose);
    String[] groups = shares.begin(host, port);
    if (groups != null) {
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setNamedGroups(groups);
      secured.setSSLParameters(parameters);
    }
    return secured;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }
}
