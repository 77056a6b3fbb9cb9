package dev.logshipper.sink;

/// The log of the extension itself. A line costs the user money and may be delivered to the
/// extension as input, so a warning or an information is printed once only, however often it is
/// logged, and the number of lines in an environment is limited.
///
/// Thread-safe. Never pass a secret or the content of a log record.
public interface Diagnostics {
  /// Logs something that the user should act on.
  void warn(String line);

  /// Logs something of interest during normal operation.
  void info(String line);

  /// Logs something of interest when looking for a fault, each time.
  void debug(String line);

  /// Whether [#debug] prints: to be asked before a line that costs time is composed.
  default boolean isDebug() {
    return false;
  }
}
