package dev.logshipper.testkit;

import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.LaneConfig.Retries;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Sink;
import dev.logshipper.time.SystemScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Pipelines with real threads and a real clock, whose batches are sent only on request.
public final class Pipelines {
  /// The size of their buffer.
  public static final int BUFFER_BYTES_MAX = 1 << 24;

  private static final int TARGET_BYTES = 1 << 20;
  private static final Duration NEVER_STALE = Duration.ofHours(1);
  private static final Duration SHORT_BACKOFF = Duration.ofMillis(1);

  private Pipelines() {}

  /// A lane for a sink.
  public static LaneConfig lane(String name, Sink sink) {
    return lane(name, () -> sink);
  }

  /// A lane that opens its sink.
  public static LaneConfig lane(String name, Supplier<Sink> opener) {
    return lane(name, opener, TARGET_BYTES, NEVER_STALE);
  }

  /// A lane whose batches are sent by size or age.
  public static LaneConfig lane(
      String name, Supplier<Sink> opener, int targetBytes, Duration staleness) {
    return lane(name, opener, Batching.withEachFlush(targetBytes, staleness));
  }

  /// A lane with these thresholds.
  public static LaneConfig lane(String name, Supplier<Sink> opener, Batching batching) {
    return new LaneConfig(name, opener, Set.of(), batching, Retries.every(SHORT_BACKOFF));
  }

  /// A lane without a sink.
  public static LaneConfig off(String name) {
    return new LaneConfig(
        name,
        null,
        Set.of(),
        Batching.withEachFlush(TARGET_BYTES, NEVER_STALE),
        Retries.every(SHORT_BACKOFF));
  }

  /// A pipeline of lanes, not yet started.
  public static Pipeline of(CapturedOutput output, LaneConfig... lanes) {
    return of(output, System::nanoTime, lanes);
  }

  /// The same with another clock, which the test may let jump.
  public static Pipeline of(CapturedOutput output, LongSupplier nanoClock, LaneConfig... lanes) {
    AtomicInteger ids = new AtomicInteger();
    return new Pipeline(
        List.of(lanes),
        BUFFER_BYTES_MAX,
        Overflow.DROP_OLDEST,
        () -> "batch-" + ids.incrementAndGet(),
        output.diagnostics(),
        Math::random,
        new SystemScheduler(nanoClock));
  }

  /// A deadline on the clock of these pipelines.
  public static Deadline in(Duration duration) {
    return Deadline.after(duration, System::nanoTime);
  }
}
