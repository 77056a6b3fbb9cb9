package dev.logshipper.sandbox.destination.loki;

/// A whole push is refused with this status and text.
final class LokiRefusal extends Exception {
  private final int status;

  LokiRefusal(int status, String message) {
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
