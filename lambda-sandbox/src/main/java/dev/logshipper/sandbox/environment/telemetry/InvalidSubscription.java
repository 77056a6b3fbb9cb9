package dev.logshipper.sandbox.environment.telemetry;

/// A subscription that the platform rejects with 400; the message lists all errors.
final class InvalidSubscription extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidSubscription(String message) {
    super(message);
  }
}
