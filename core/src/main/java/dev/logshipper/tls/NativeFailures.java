package dev.logshipper.tls;

import io.netty.internal.tcnative.SSL;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/// Failures of the native library as exceptions with the JDK's words, by which
/// `sink.support.TlsFailures` describes them. Stateless.
final class NativeFailures {
  private static final String ALERT = "_ALERT_";

  private NativeFailures() {}

  /// The failure of the last call on this thread, which is forgotten.
  static SSLException last(boolean handshaking) {
    String reason = reason();
    String message;
    int alert = reason.indexOf(ALERT);
    if (alert >= 0) {
      message =
          "Received fatal alert: "
              + reason.substring(alert + ALERT.length()).toLowerCase(Locale.ROOT);
    } else if (reason.equals("UNSUPPORTED_PROTOCOL") || reason.equals("WRONG_VERSION_NUMBER")) {
      message = "(protocol_version) " + reason;
    } else if (reason.endsWith("CIPHER_RETURNED")) {
      message = "(handshake_failure) " + reason;
    } else {
      message = reason;
    }
    return handshaking ? new SSLHandshakeException(message) : new SSLException(message);
  }

  /// The last part of a line such as `error:1000042e:SSL routines:OPENSSL_internal:NO_CIPHER`.
  private static String reason() {
    String line = SSL.getErrorString(SSL.getLastErrorNumber());
    SSL.clearError();
    return line.substring(line.lastIndexOf(':') + 1);
  }
}
