package dev.logshipper.sandbox.environment.telemetry;

import java.net.URI;
import java.util.Set;

/// An extension's subscription.
///
/// @param types of `platform`, `function`, `extension`
/// @param destination the receiver's address, on the loopback interface
/// @param method `POST`, or `PUT` (Logs API only)
record Subscription(
    TelemetryApi api,
    String schemaVersion,
    Set<String> types,
    int maxItems,
    int maxBytes,
    long timeoutMillis,
    URI destination,
    String method) {

  private static final Set<String> ONLY_LOGS =
      Set.of("platform.end", "platform.fault", "platform.logsSubscription");
  private static final Set<String> ONLY_TELEMETRY =
      Set.of("platform.initStart", "platform.telemetrySubscription");

  boolean wants(TelemetryEvent event) {
    if (!types.contains(event.category())) {
      return false;
    }
    if (api == TelemetryApi.TELEMETRY) {
      return !ONLY_LOGS.contains(event.type());
    }
    boolean tooNew =
        event.type().equals("platform.runtimeDone") && schemaVersion.equals("2020-08-15");
    return !tooNew && !ONLY_TELEMETRY.contains(event.type());
  }

  /// Whether records of functions can only be strings.
  boolean onlyStrings() {
    return api == TelemetryApi.LOGS || schemaVersion.equals("2022-07-01");
  }
}
