package dev.logshipper.pipeline;

import java.time.Duration;

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

  boolean followsFlushes() {
    return invocationsMax == WITH_EACH_FLUSH;
  }
}
