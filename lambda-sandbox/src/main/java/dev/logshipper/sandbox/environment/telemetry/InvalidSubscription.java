package dev.logshipper.sandbox.environment.telemetry;

/// A subscription that the platform refuses with 400; its message says all that is wrong.
final class InvalidSubscription extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidSubscription(String message) {
    super(message);
  }
}
