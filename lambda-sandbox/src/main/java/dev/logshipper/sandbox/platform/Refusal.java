package dev.logshipper.sandbox.platform;

/// A request that the platform refuses, with 403 and an error type.
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String errorType;

  private Refusal(String errorType, String message) {
    super(message, null, false, false);
    this.errorType = errorType;
  }

  static Refusal forbidden(String errorType, String message) {
    return new Refusal(errorType, message);
  }

  HttpReply reply() {
    return HttpReply.error(403, errorType, String.valueOf(getMessage()));
  }
}
