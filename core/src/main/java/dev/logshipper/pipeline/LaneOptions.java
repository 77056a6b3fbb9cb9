package dev.logshipper.pipeline;

import dev.logshipper.sink.Sink;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// How one lane works: a sink and what governs its batches and retries.
///
/// @param name the sink's mode
/// @param opener builds the sink, on the lane's thread; absent when the sink is off, so that its
///   records are counted as dropped
/// @param unwanted categories of records that are not for this lane
/// @param batching when records leave
/// @param firstRetryWait upper end of the first wait before a retry
public record LaneOptions(
    String name,
    Optional<Supplier<Sink>> opener,
    Set<String> unwanted,
    Batching batching,
    Duration firstRetryWait) {

  public LaneOptions {
    unwanted = Set.copyOf(unwanted);
  }
}
