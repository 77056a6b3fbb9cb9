package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.JsonText.ascii;
import static dev.logshipper.format.edgedelta.JsonText.member;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;

/// Writes how an invocation failed, in its report. Stateless.
final class InvocationFailure {
  private static final byte[] STATUS = ascii(",\"status\":");
  private static final byte[] ERROR_TYPE = ascii(",\"error_type\":");

  private InvocationFailure() {}

  /// Whether a report is that of an invocation without success.
  static boolean isIn(PlatformEvent report) {
    return !report.status().isEmpty() && !report.status().equals("success");
  }

  /// Writes the status, the type of the error and, of a timeout, the line that CloudWatch has.
  ///
  /// @param message the key of that line
  static void write(PlatformEvent report, byte[] message, OutputStream out) throws IOException {
    member(out, STATUS, report.status());
    writeErrorType(report, out);
    double millis = report.metrics().durationMillis();
    if (report.status().equals("timeout") && !Double.isNaN(millis)) {
      long hundredths = Math.round(millis / 10);
      String fraction = (hundredths % 100 < 10 ? "0" : "") + hundredths % 100;
      String seconds = hundredths / 100 + "." + fraction;
      member(out, message, "Task timed out after " + seconds + " seconds");
    }
  }

  static void writeErrorType(PlatformEvent event, OutputStream out) throws IOException {
    if (!event.errorType().isEmpty()) {
      member(out, ERROR_TYPE, event.errorType());
    }
  }

  /// The names of a form that no field overwrites, with those of a failure.
  ///
  /// @param message the name of the line of a timeout
  static Set<String> reserved(Set<String> ofForm, String message) {
    Set<String> all = new HashSet<>(ofForm);
    all.addAll(Set.of("status", "error_type", message));
    return all;
  }
}
