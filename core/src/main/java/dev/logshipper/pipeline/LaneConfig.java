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
/// @param retries when it tries again
/// @param control which records the lane ships, and how much of them
/// @param chain its place among lanes that stand in for each other
/// @param prerequisite obtained before the sink is opened; null for none
public record LaneConfig(
    String name,
    @Nullable Supplier<Sink> opener,
    Set<String> unwanted,
    Batching batching,
    Retries retries,
    LaneControl control,
    Chain chain,
    @Nullable Prerequisite prerequisite) {

  public LaneConfig {
    unwanted = Set.copyOf(unwanted);
  }

  /// A lane that ships all records, stands alone, and whose sink can be opened at once.
  public LaneConfig(
      String name,
      @Nullable Supplier<Sink> opener,
      Set<String> unwanted,
      Batching batching,
      Retries retries) {
    this(name, opener, unwanted, batching, retries, LaneControl.NONE, Chain.ALONE, null);
  }

  /// This lane with a sink that is opened in another way.
  ///
  /// @param newOpener called once `needed` has been obtained
  public LaneConfig opened(Supplier<Sink> newOpener, Prerequisite needed) {
    return new LaneConfig(name, newOpener, unwanted, batching, retries, control, chain, needed);
  }

  /// The place of a lane among lanes that stand in for each other.
  ///
  /// @param isStandby whether it receives only batches that another lane cannot take
  /// @param fallback name of the lane that receives the batches that this one cannot take; null for
  ///   none
  public record Chain(boolean isStandby, @Nullable String fallback) {
    /// In no chain.
    public static final Chain ALONE = new Chain(false, null);
  }

  /// When a lane tries again, and for how long.
  ///
  /// @param interval initial backoff (upper bound)
  /// @param waitMax longest wait that a destination may ask for
  /// @param rejectGrace time for which records are kept when an endpoint that accepted some begins
  ///   to reject; zero for none
  public record Retries(Duration interval, Duration waitMax, Duration rejectGrace) {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /// With the defaults.
    public static Retries every(Duration interval) {
      return new Retries(interval, MINUTE, MINUTE);
    }
  }

  /// When a lane sends, and how much at once.
  ///
  /// @param triggerBytes bytes of waiting records that trigger a batch
  /// @param batchBytes target size of a batch, at least `triggerBytes`
  /// @param staleness maximum age of a waiting record; time spent frozen does not count
  /// @param invocationsMax invocations that trigger a batch; [#WITH_EACH_FLUSH]: each flush does
  public record Batching(int triggerBytes, int batchBytes, Duration staleness, int invocationsMax) {
    /// No number of invocations.
    public static final int WITH_EACH_FLUSH = 0;

    public Batching {
      if (triggerBytes < 1 || batchBytes < triggerBytes || invocationsMax < 0) {
        throw new IllegalArgumentException("contradictory: " + triggerBytes + ", " + batchBytes);
      }
    }

    /// Records are sent with each flush, or earlier by size or age.
    public static Batching withEachFlush(int batchBytes, Duration staleness) {
      return new Batching(batchBytes, batchBytes, staleness, WITH_EACH_FLUSH);
    }

    /// Whether flushes include the lane, rather than thresholds of its own.
    boolean followsFlushes() {
      return invocationsMax == WITH_EACH_FLUSH;
    }
  }
}
