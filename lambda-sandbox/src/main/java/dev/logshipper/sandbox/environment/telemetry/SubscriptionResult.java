package dev.logshipper.sandbox.environment.telemetry;

/// The platform's response to a subscription.
///
/// @param errorType empty when it was accepted
public record SubscriptionResult(int status, String errorType, String message) {

  static final SubscriptionResult OK = new SubscriptionResult(200, "", "");
}
