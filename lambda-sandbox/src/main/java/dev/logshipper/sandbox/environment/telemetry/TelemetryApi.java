package dev.logshipper.sandbox.environment.telemetry;

import java.util.List;

/// The two interfaces through which extensions subscribe to logs.
public enum TelemetryApi {
  /// The Logs API, superseded but in use; not on Managed Instances.
  LOGS("/2020-08-15/logs", "Logs"),
  /// The Telemetry API.
  TELEMETRY("/2022-07-01/telemetry", "Telemetry");

  private final String path;
  private final String label;

  TelemetryApi(String path, String label) {
    this.path = path;
    this.label = label;
  }

  /// The path to PUT a subscription to.
  public String path() {
    return path;
  }

  /// Its name in error types.
  String label() {
    return label;
  }

  /// The event schemas it supports, oldest first.
  List<String> schemas() {
    return this == LOGS
        ? List.of("2020-08-15", "2021-03-18")
        : List.of("2022-07-01", "2022-12-13", "2025-01-29");
  }

  String validationErrorType() {
    return this == LOGS ? "Logs.ValidationError" : "ValidationError";
  }

  /// The platform event that reports a subscription.
  String subscriptionEvent() {
    return this == LOGS ? "platform.logsSubscription" : "platform.telemetrySubscription";
  }
}
