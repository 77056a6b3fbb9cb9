package dev.logshipper.sink;

/// The log of the extension itself. A line costs the user money and may be delivered to the
/// extension as input, so a text is printed once only, however often it is logged, and the number
/// of lines in an environment is limited.
///
/// Thread-safe. Never pass a secret or the content of a log record.
public interface Diagnostics {
  /// Logs something that the user should act on.
  void warn(String line);

  /// Logs something of interest during normal operation.
  void info(String line);

  /// Logs something of interest when looking for a fault.
  void debug(String line);
}
