package dev.logshipper.pipeline;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// Decides how long a lane backs off after a failure, and whether to wait for the lane at all;
/// nothing else does. Backoff is exponential with full jitter, so that ten thousand environments do
/// not return at the same instant, and never shorter than the destination asked, up to a limit.
///
/// It includes a circuit breaker: while that is open, no invocation waits for the lane, and the
/// lane probes its destination every few seconds. Guarded by the buffer's lock.
final class Backoff {
  static final int FAILURES_TO_OPEN = 3;
  private static final int DOUBLINGS_MAX = 20;
  private static final long CHOSEN_NANOS_MAX = 30_000_000_000L;

  /// Between two attempts while the breaker is open: rare enough to cost nothing, frequent enough
  /// to detect a recovery within a few seconds.
  private static final long PROBE_NANOS = 3_000_000_000L;

  /// A shutdown leaves no time for a long backoff.
  private static final long CLOSING_NANOS_MAX = 250_000_000;

  /// A wait that was asked for is extended by up to a tenth, and the longest one shortened by up to
  /// a fifth: environments that were told the same do not return at the same instant.
  private static final double ASKED_JITTER = 0.1;

  private static final double ASKED_MAX_JITTER = 0.2;

  private static final long NOT_BACKING_OFF = Long.MIN_VALUE;

  private final long firstNanos;
  private final Duration askedMax;
  private final DoubleSupplier random;
  private int failures;
  private boolean open;
  private long untilNanos = NOT_BACKING_OFF;

  /// @param first upper bound of the first backoff, which doubles with each failure
  /// @param askedMax longest wait that the destination may ask for
  /// @param random uniform in [0, 1)
  Backoff(Duration first, Duration askedMax, DoubleSupplier random) {
    this.firstNanos = first.toNanos();
    this.askedMax = askedMax;
    this.random = random;
  }

  /// The destination acknowledged or rejected records: it can be reached.
  void succeeded() {
    failures = 0;
    open = false;
  }

  /// An attempt failed.
  ///
  /// @param asked the wait that the destination asked for, or zero
  /// @return nanoseconds to back off
  long failed(Duration asked) {
    failures++;
    open |= failures >= FAILURES_TO_OPEN;
    long ceiling = firstNanos << Math.min(failures - 1, DOUBLINGS_MAX);
    long chosen = (long) (Math.min(CHOSEN_NANOS_MAX, ceiling) * random.getAsDouble());
    long nanos = asked.isPositive() ? Math.max(askedNanos(asked), chosen) : chosen;
    return open
        ? Math.max(nanos, (long) (PROBE_NANOS * (0.8 + 0.4 * random.getAsDouble())))
        : nanos;
  }

  private long askedNanos(Duration asked) {
    long longest = askedMax.toNanos();
    if (asked.compareTo(askedMax) >= 0) {
      return (long) (longest * (1 - ASKED_MAX_JITTER * random.getAsDouble()));
    }
    long nanos = asked.toNanos();
    return Math.min(longest, nanos + (long) (nanos * ASKED_JITTER * random.getAsDouble()));
  }

  /// An invocation waited for this lane to the limit without result.
  void waitTimedOut() {
    open = true;
  }

  boolean isOpen() {
    return open;
  }

  /// Starts to back off.
  ///
  /// @param isClosing whether there is no time for a long backoff
  void start(long nanos, boolean isClosing, long nowNanos) {
    untilNanos = nowNanos + (isClosing ? Math.min(nanos, CLOSING_NANOS_MAX) : nanos);
  }

  /// Nanoseconds left to back off; zero or less when the lane does not, or no more.
  long nanosLeft(long nowNanos) {
    return untilNanos == NOT_BACKING_OFF ? 0 : untilNanos - nowNanos;
  }

  void end() {
    untilNanos = NOT_BACKING_OFF;
  }

  /// Whether waiting for the lane until an instant can help.
  boolean canFinishBy(long nanos) {
    return !open && (untilNanos == NOT_BACKING_OFF || untilNanos - nanos < 0);
  }
}
