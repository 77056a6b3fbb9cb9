package dev.logshipper.sandbox.environment.telemetry;

import java.util.Set;

/// The APIs and schemas that this platform offers to subscribers.
///
/// @param stub respond with 202 and never deliver, as the local emulators do
/// @param telemetryApi whether the Telemetry API exists
/// @param logsApi whether the Logs API exists
/// @param rejectedSchemas schema versions to reject with 400
public record SubscriptionRules(
    boolean stub, boolean telemetryApi, boolean logsApi, Set<String> rejectedSchemas) {}
