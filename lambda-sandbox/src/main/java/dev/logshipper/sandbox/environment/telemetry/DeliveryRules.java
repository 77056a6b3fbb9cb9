package dev.logshipper.sandbox.environment.telemetry;

/// How hard the platform tries to deliver.
///
/// @param bufferBytesMax what it keeps for one subscriber; what comes beyond is dropped
/// @param backoffMillis pause after the first failed delivery; it doubles up to 20 times that
public record DeliveryRules(long bufferBytesMax, long backoffMillis) {}
