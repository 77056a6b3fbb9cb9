package dev.logshipper.tls;

import java.net.IDN;
import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// The comparison of a server's name with its certificate, as RFC 9525 requires: only subject
/// alternative names count, never the common name; a wildcard stands for exactly one whole label,
/// the leftmost; an address matches only an entry for addresses; international names are compared
/// as A-labels.
///
/// The JDK's own comparison parses all certificate authorities, to treat public ones differently: a
/// fifth of the CPU of a first handshake. Stateless.
public final class ServerName {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final String WILDCARD = "*.";

  private ServerName() {}

  /// Checks that the server's certificate is for this host.
  ///
  /// @param session of a finished handshake
  /// @param host a name or an address, as in a URL
  /// @throws SSLException when it is not
  public static void check(SSLSession session, String host) throws SSLException {
    X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
    if (!matches(certificate, host)) {
      SSLException failure = new SSLHandshakeException("another server's certificate");
      failure.initCause(new CertificateException("no subject alternative name matches"));
      throw failure;
    }
  }

  /// The name to indicate to a server (SNI, RFC 6066); as with the JDK's TLS, empty for addresses,
  /// names without a dot, and names with other characters than letters, digits and hyphens.
  static String indication(String host) {
    String name = addressOf(host) == null ? ascii(host) : "";
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '-' && c != '.' && !Character.isLetterOrDigit(c)) {
        return "";
      }
    }
    return name.indexOf('.') > 0 ? name : "";
  }

  static boolean matches(X509Certificate certificate, String host) {
    String unbracketed = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    InetAddress address = addressOf(unbracketed);
    String name = address == null ? ascii(unbracketed) : "";
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives == null) {
        return false;
      }
      for (List<?> alternative : alternatives) {
        int type = (Integer) alternative.get(0);
        if (address == null
            ? type == DNS_NAME && matches((String) alternative.get(1), name)
            : type == IP_ADDRESS && address.equals(addressOf((String) alternative.get(1)))) {
          return true;
        }
      }
      return false;
    } catch (CertificateParsingException _) {
      return false;
    }
  }

  private static boolean matches(String pattern, String name) {
    if (name.isEmpty()) {
      return false;
    }
    if (!pattern.startsWith(WILDCARD)) {
      return pattern.equalsIgnoreCase(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && pattern.substring(1).equalsIgnoreCase(name.substring(dot));
  }

  /// The A-labels without the dot of an absolute name; empty when it is no name.
  private static String ascii(String name) {
    String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    for (int i = 0; i < relative.length(); i++) {
      if (relative.charAt(i) > 127) {
        try {
          return IDN.toASCII(relative);
        } catch (IllegalArgumentException _) {
          return "";
        }
      }
    }
    return relative.indexOf('*') < 0 ? relative : "";
  }

  /// Null when the text is no address. Names are not looked up.
  private static @Nullable InetAddress addressOf(String text) {
    char last = text.isEmpty() ? '.' : text.charAt(text.length() - 1);
    boolean mayBe = text.indexOf(':') >= 0 || (last >= '0' && last <= '9');
    try {
      return mayBe ? InetAddress.ofLiteral(text) : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
