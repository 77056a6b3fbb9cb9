package dev.logshipper.sandbox.environment.telemetry;

/// Where extensions subscribe to logs. Safe for use by several threads.
public interface SubscriptionService {

  /// Whether that API exists on this platform.
  boolean offers(TelemetryApi api);

  /// Whether subscriptions are answered but lead to nothing.
  boolean onlyStub();

  /// What a stub answers.
  SubscriptionAnswer stubAnswer(TelemetryApi api);

  /// Subscribes a registered extension.
  SubscriptionAnswer subscribe(TelemetryApi api, String extension, String body);
}
