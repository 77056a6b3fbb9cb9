package dev.logshipper.intake;

import java.util.List;

/// What one POST of the platform held beside records.
///
/// @param events those that could be read, wanted or not
/// @param startedRequestIds invocations that have begun
/// @param completedRequestIds invocations that the runtime has finished, or whose end the platform
///   may have thrown away
/// @param malformed events, or whole bodies, that could not be read
/// @param droppedByPlatform records that the platform says it threw away before this
record Delivery(
    int events,
    List<String> startedRequestIds,
    List<String> completedRequestIds,
    int malformed,
    long droppedByPlatform) {}
