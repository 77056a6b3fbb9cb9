package dev.logshipper.intake;

/// What the listener has seen. A snapshot.
///
/// @param deliveries POSTs answered
/// @param malformed events, or whole bodies, that could not be read
/// @param droppedByPlatform records that the platform says it threw away
public record IntakeCounts(long deliveries, long malformed, long droppedByPlatform) {}
