package dev.logshipper.sink.support;

import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// Verifies certificates for host names with an underscore, which the JDK does not take for names:
/// it finds none of them in any certificate. The rules are those of RFC 9525. Stateless.
final class UnderscoreNames {
  private static final int DNS_NAME = 2;

  private UnderscoreNames() {}

  /// Whether the JDK cannot verify a certificate for it.
  static boolean include(String host) {
    return host.indexOf('_') >= 0;
  }

  /// @throws SSLPeerUnverifiedException when the server's certificate is for other names
  static void verify(String host, SSLSession session) throws IOException {
    Certificate certificate = session.getPeerCertificates()[0];
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (!(certificate instanceof X509Certificate x509) || !isFor(name, x509)) {
      throw new SSLPeerUnverifiedException("another name");
    }
  }

  private static boolean isFor(String host, X509Certificate certificate)
      throws SSLPeerUnverifiedException {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null) {
        return false;
      }
      for (List<?> name : names) {
        if (name.getFirst().equals(DNS_NAME)
            && matches(
                host.toLowerCase(Locale.ROOT), name.get(1).toString().toLowerCase(Locale.ROOT))) {
          return true;
        }
      }
      return false;
    } catch (CertificateParsingException _) {
      throw new SSLPeerUnverifiedException("no names");
    }
  }

  /// A star stands for the whole first label, before at least two others.
  private static boolean matches(String host, String pattern) {
    if (!pattern.startsWith("*.")) {
      return host.equals(pattern);
    }
    int dot = host.indexOf('.');
    return dot > 0 && host.substring(dot).equals(pattern.substring(1));
  }
}
