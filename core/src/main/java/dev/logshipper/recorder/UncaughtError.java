package dev.logshipper.recorder;

import dev.logshipper.sink.LogRecord;
import java.util.List;

/// Recognizes the line that a runtime writes when the function did not handle an error. The
/// platform reports such an invocation as a success, and the line of some runtimes (Java, Go) has
/// no level. A stack trace that the function wrote without a level looks the same.
final class UncaughtError {
  private static final List<String> BEGINNINGS =
      List.of(
          "Traceback (most recent call last)",
          "Exception in thread ",
          "panic: ",
          "fatal error: ",
          "Unhandled exception",
          "\tat ");
  private static final String JAVA_FRAME = "\n\tat ";
  private static final String ERROR_TYPE = "\"errorType\"";
  private static final String ERROR_MESSAGE = "\"errorMessage\"";

  private UncaughtError() {}

  /// Whether a line without a level is one.
  static boolean isIn(LogRecord record) {
    String text = record.text();
    for (String beginning : BEGINNINGS) {
      if (text.startsWith(beginning)) {
        return true;
      }
    }
    return text.contains(JAVA_FRAME) || (text.contains(ERROR_TYPE) && text.contains(ERROR_MESSAGE));
  }
}
