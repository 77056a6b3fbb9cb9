package dev.logshipper.sandbox.environment.telemetry;

/// What the platform answers to a subscription.
///
/// @param errorType empty when it was accepted
public record SubscriptionAnswer(int status, String errorType, String message) {

  static final SubscriptionAnswer OK = new SubscriptionAnswer(200, "", "");
}
