package dev.logshipper.sandbox.destination.loki;

/// A whole push is refused with this status and text.
final class LokiError extends Exception {
  private final int status;

  LokiError(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
