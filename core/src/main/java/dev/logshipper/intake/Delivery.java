package dev.logshipper.intake;

import dev.logshipper.sink.LogRecord;
import java.util.List;

/// What one POST of the platform held.
///
/// @param records those that the user wants, in order
/// @param startedRequestIds invocations that have begun
/// @param completedRequestIds invocations that the runtime has finished, or whose end the platform
///   may have thrown away
/// @param malformed events, or whole bodies, that could not be read
/// @param droppedByPlatform records that the platform says it threw away before this
record Delivery(
    List<LogRecord> records,
    List<String> startedRequestIds,
    List<String> completedRequestIds,
    int malformed,
    long droppedByPlatform) {}
