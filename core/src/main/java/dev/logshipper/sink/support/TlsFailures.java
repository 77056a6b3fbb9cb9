package dev.logshipper.sink.support;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Descriptions of failures of TLS, by the types of their causes and by the fixed words of the JDK.
/// Nothing of the peer's is shown. Stateless.
final class TlsFailures {
  private TlsFailures() {}

  /// @param caVariable that names a file with private CAs; empty when there is none
  static String describe(SSLException failure, String caVariable) {
    if (failure instanceof SSLPeerUnverifiedException) {
      return "certificate does not match the host name";
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return "TLS handshake failed: the server's certificate has expired";
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "TLS handshake failed: the server's certificate is not valid yet";
      }
      if (cause instanceof CertPathBuilderException) {
        return "TLS handshake failed: the CA of the server's certificate is not trusted"
            + (caVariable.isEmpty() ? "" : " (for a private CA set " + caVariable + ")");
      }
      if (cause instanceof CertificateException && cause.getCause() == null) {
        return "TLS handshake failed: certificate does not match the host name";
      }
    }
    return byMessage(failure);
  }

  private static String byMessage(SSLException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("certificate_required") || message.contains("bad_certificate")) {
      return "TLS handshake failed: the server requires another client certificate, or one at all";
    }
    if (message.contains("protocol_version")
        || message.contains("No appropriate protocol")
        || message.contains("protocol version")) {
      return "TLS handshake failed: no common version of TLS; the server is too old";
    }
    if (message.contains("handshake_failure") || message.contains("insufficient_security")) {
      return "TLS handshake failed: no common cipher, or the server requires a client certificate";
    }
    if (message.contains("Unsupported or unrecognized SSL message")) {
      return "TLS handshake failed: the server does not speak TLS on this port; is it http://?";
    }
    return failure instanceof SSLHandshakeException ? "TLS handshake failed" : "TLS failed";
  }
}
