package dev.logshipper.sandbox.environment.telemetry;

import java.util.Set;

/// What this platform offers to subscribers.
///
/// @param stub answer 202 and never deliver, as the local emulators do
/// @param telemetryApi whether the Telemetry API exists
/// @param logsApi whether the Logs API exists
/// @param refusedSchemas schema versions to answer with 400
public record SubscriptionRules(
    boolean stub, boolean telemetryApi, boolean logsApi, Set<String> refusedSchemas) {}
