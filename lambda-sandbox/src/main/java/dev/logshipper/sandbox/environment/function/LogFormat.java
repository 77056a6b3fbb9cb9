package dev.logshipper.sandbox.environment.function;

/// A function's log format, as in its logging configuration.
public enum LogFormat {
  /// Function records are strings.
  TEXT("Text"),
  /// In newer schemas, function records are objects: a line that is one arrives as it is, any other
  /// in an object of `timestamp`, `level` and `message`.
  JSON("JSON");

  private final String value;

  LogFormat(String value) {
    this.value = value;
  }

  /// The value of `AWS_LAMBDA_LOG_FORMAT`.
  public String value() {
    return value;
  }
}
