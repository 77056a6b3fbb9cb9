package dev.logshipper.sandbox.environment.function;

/// A function's log format, as in its logging configuration.
public enum LogFormat {
  /// Function records are strings.
  TEXT("Text"),
  /// A function's line that is a JSON object is delivered as an object by newer schemas.
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
