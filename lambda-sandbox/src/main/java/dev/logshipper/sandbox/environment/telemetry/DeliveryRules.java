package dev.logshipper.sandbox.environment.telemetry;

/// The platform's limits for deliveries.
///
/// @param bufferBytesMax buffer size per subscriber; further events are dropped
/// @param backoffMillis pause after the first failed delivery; it doubles up to 20 times that
public record DeliveryRules(long bufferBytesMax, long backoffMillis) {}
