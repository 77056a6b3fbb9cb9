package dev.logshipper.pipeline;

import dev.logshipper.sink.Sink;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The configuration of one lane: a sink, its batches, its retries.
///
/// @param name the sink's mode
/// @param opener builds the sink, on the lane's thread; null if the sink is off, so that its
///   records are counted as dropped
/// @param unwanted types of records that are not for this lane
/// @param batching when the lane sends, and how much at once
/// @param retryInterval initial backoff (upper bound)
public record LaneConfig(
    String name,
    @Nullable Supplier<Sink> opener,
    Set<String> unwanted,
    Batching batching,
    Duration retryInterval) {

  public LaneConfig {
    unwanted = Set.copyOf(unwanted);
  }
}
