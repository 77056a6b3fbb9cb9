package dev.logshipper.sandbox.environment.telemetry;

/// Accepts subscriptions of extensions. Safe for use by several threads.
public interface SubscriptionService {

  /// Whether that API exists on this platform.
  boolean offers(TelemetryApi api);

  /// Whether subscriptions are accepted but nothing is ever delivered.
  boolean isStub();

  /// The stub's response.
  SubscriptionResult stubResult(TelemetryApi api);

  /// Subscribes a registered extension.
  SubscriptionResult subscribe(TelemetryApi api, String extension, String body);
}
