package dev.logshipper.sink;

/// The severity of a line, as the line itself states it; see [LogRecord#severity]. Ascending, so
/// that severities compare.
public enum Severity {
  TRACE(1),
  DEBUG(2),
  /// Includes *notice* and *success*.
  INFO(3),
  WARN(4),
  /// Includes *severe*.
  ERROR(5),
  /// Includes *critical*, *alert*, *emergency* and *panic*.
  FATAL(6);

  private final int code;

  Severity(int code) {
    this.code = code;
  }

  /// From 1 on.
  int code() {
    return code;
  }
}
