package dev.logshipper.sink.support;

import java.io.IOException;
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
  private static final String MISMATCH = "certificate does not match the host name";

  /// The JDK's words for the end of the stream.
  private static final String CLOSED = "Remote host terminated the handshake";

  private TlsFailures() {}

  /// The failure of a handshake during which the server closed the connection.
  static SSLException closed(IOException cause) {
    SSLException closed = new SSLHandshakeException(CLOSED);
    closed.initCause(cause);
    return closed;
  }

  /// @param variables that may be the cause
  static String describe(SSLException failure, ConnectionVariables variables) {
    if (failure instanceof SSLPeerUnverifiedException) {
      return "TLS handshake failed: " + MISMATCH + check(variables.url());
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
            + (variables.caFile().isEmpty()
                ? ""
                : " (for a private CA set " + variables.caFile() + ")");
      }
      if (cause instanceof CertificateException && cause.getCause() == null) {
        return "TLS handshake failed: " + MISMATCH + check(variables.url());
      }
    }
    String cause = byMessage(failure, variables);
    String failed =
        failure instanceof SSLHandshakeException || !cause.isEmpty()
            ? "TLS handshake failed"
            : "TLS failed";
    return cause.isEmpty() ? failed : failed + ": " + cause;
  }

  private static String byMessage(SSLException failure, ConnectionVariables variables) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("certificate_required") || message.contains("bad_certificate")) {
      return "the server requires another client certificate, or one at all"
          + certificate(variables);
    }
    if (message.contains("protocol_version")
        || message.contains("No appropriate protocol")
        || message.contains("protocol version")) {
      return "no common version of TLS: the server is too old, 1.2 is needed";
    }
    if (message.contains("handshake_failure") || message.contains("insufficient_security")) {
      return "no common cipher, or the server requires a client certificate"
          + certificate(variables);
    }
    if (message.contains("unrecognized_name")) {
      return "the server does not know the host name" + check(variables.url());
    }
    if (message.contains("Unsupported or unrecognized SSL message")) {
      return "the server does not speak TLS on this port; is it http://?" + check(variables.url());
    }
    if (message.contains(CLOSED)) {
      return "the server closed the connection; does it speak TLS on this port, or require a client"
          + " certificate?"
          + check(either(variables));
    }
    return "";
  }

  private static String either(ConnectionVariables variables) {
    return variables.url().isEmpty() || variables.clientCertificate().isEmpty()
        ? variables.url()
        : variables.url() + " / " + variables.clientCertificate();
  }

  private static String check(String variable) {
    return variable.isEmpty() ? "" : " (check " + variable + ")";
  }

  private static String certificate(ConnectionVariables variables) {
    return variables.clientCertificate().isEmpty()
        ? ", which this sink cannot present"
        : " (set " + variables.clientCertificate() + ")";
  }
}
