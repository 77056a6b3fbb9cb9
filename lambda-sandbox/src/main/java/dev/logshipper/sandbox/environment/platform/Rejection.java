package dev.logshipper.sandbox.environment.platform;

/// A request rejected by the platform with 403 and an error type.
final class Rejection extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String errorType;

  private Rejection(String errorType, String message) {
    super(message, null, false, false);
    this.errorType = errorType;
  }

  static Rejection forbidden(String errorType, String message) {
    return new Rejection(errorType, message);
  }

  HttpResponse response() {
    return HttpResponse.error(403, errorType, String.valueOf(getMessage()));
  }
}
