package dev.logshipper.tls;

import io.netty.internal.tcnative.CertificateVerifier;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Leaves the verification of a server's certificates to a trust manager, as the JDK's TLS does.
/// For one connection; used by its handshake alone.
final class NativeVerifier extends CertificateVerifier {
  /// The key exchange of all suites in use needs a certificate for signatures; the JDK's own name
  /// for it with TLS 1.3.
  private static final String KEY_EXCHANGE = "UNKNOWN";

  private final X509ExtendedTrustManager trustManager;
  private final NativeSocket socket;
  private @Nullable Throwable failure;

  NativeVerifier(X509ExtendedTrustManager trustManager, NativeSocket socket) {
    this.trustManager = trustManager;
    this.socket = socket;
  }

  @Override
  public int verify(long ssl, byte[][] encoded, String authentication) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      X509Certificate[] chain = new X509Certificate[encoded.length];
      for (int i = 0; i < chain.length; i++) {
        ByteArrayInputStream in = new ByteArrayInputStream(encoded[i]);
        chain[i] = (X509Certificate) factory.generateCertificate(in);
      }
      socket.showPeer(chain);
      trustManager.checkServerTrusted(chain, KEY_EXCHANGE, socket);
      return X509_V_OK;
    } catch (CertificateException | RuntimeException e) {
      failure = e;
      return X509_V_ERR_CERT_REJECTED;
    }
  }

  /// The reason for which the last chain was rejected, or null.
  @Nullable Throwable failure() {
    return failure;
  }
}
