package dev.logshipper.pipeline;

import java.time.Duration;

/// When a lane's records leave, and how many at once.
///
/// @param cutBytes bytes of waiting records that are worth sending
/// @param batchBytes bytes to aim at in one send, at least `cutBytes`
/// @param staleness longest time a record waits while the environment runs
/// @param invocationsMax invocations after which waiting records leave; [#WITH_EACH_FLUSH]: they
///   leave with each flush instead
public record Batching(int cutBytes, int batchBytes, Duration staleness, int invocationsMax) {
  /// No number of invocations.
  public static final int WITH_EACH_FLUSH = 0;

  public Batching {
    if (cutBytes < 1 || batchBytes < cutBytes || invocationsMax < 0) {
      throw new IllegalArgumentException("contradictory: " + cutBytes + ", " + batchBytes);
    }
  }

  /// Records that leave with each flush, or before when they are many or stale.
  public static Batching withEachFlush(int batchBytes, Duration staleness) {
    return new Batching(batchBytes, batchBytes, staleness, WITH_EACH_FLUSH);
  }

  boolean leavesWithFlushes() {
    return invocationsMax == WITH_EACH_FLUSH;
  }
}
