package dev.logshipper.sandbox.destination.loki;

/// The rejection of a whole push, with this status and text.
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
