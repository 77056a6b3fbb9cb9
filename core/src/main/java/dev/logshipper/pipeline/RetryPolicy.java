package dev.logshipper.pipeline;

import java.util.function.DoubleSupplier;

/// How long to wait before another attempt: exponential with full jitter, so that ten thousand
/// environments do not come back at the same instant, and never sooner than the destination asked.
/// Pure but for the random numbers it is given.
///
/// @param firstWaitNanos upper end of the wait before the second attempt; it doubles from there
/// @param waitNanosMax upper end of any wait that is ours to choose
/// @param random uniform in [0, 1)
record RetryPolicy(long firstWaitNanos, long waitNanosMax, DoubleSupplier random) {
  private static final int DOUBLINGS_MAX = 20;

  /// @param failures failed attempts so far, at least one
  /// @param askedNanos what the destination asked for, or zero
  long waitNanos(int failures, long askedNanos) {
    long ceiling = firstWaitNanos << Math.min(failures - 1, DOUBLINGS_MAX);
    long wait = (long) (Math.min(waitNanosMax, ceiling) * random.getAsDouble());
    return Math.max(askedNanos, wait);
  }

  /// A wait within a fifth of the given one.
  long around(long nanos) {
    return (long) (nanos * (0.8 + 0.4 * random.getAsDouble()));
  }
}
