package dev.logshipper.lifecycle;

/// What the flush policy learns from: when invocations came, whose lines were left behind, and how
/// often that was a mistake. Not thread-safe: the lifecycle's own.
final class InvocationHistory {
  /// Mistakes that are forgiven before any invocation has been on time.
  private static final double ALLOWANCE_MAX = 2;

  /// One mistake in two hundred invocations, half of what a 99th percentile leaves out.
  private static final double ALLOWANCE_PER_INVOCATION = 1.0 / 200;

  /// An invocation that begins so soon after a flush has waited for its end.
  private static final long PROMPT_NANOS = 10_000_000;

  /// What an invocation logs that makes it one of many lines. Its delivery and encoding take
  /// milliseconds, which shippers of functions that take none get only by holding them.
  private static final long HEAVY_BYTES = 64 * 1024;

  /// For so many invocations one of many lines is remembered.
  private static final int HEAVY_INVOCATIONS = 8;

  private final Arrivals arrivals;
  private final long stalenessNanos;
  private double allowance = ALLOWANCE_MAX;
  private long flushNanos;
  private long flushedNanos;
  private int left;
  private long leftSinceNanos;
  private long latestNanos;
  private long previousNanos;
  private long loggedBytes;
  private int heavyFor;

  /// @param stalenessNanos longest time a record should wait
  InvocationHistory(long stalenessNanos) {
    this.stalenessNanos = stalenessNanos;
    this.arrivals = new Arrivals(stalenessNanos);
  }

  /// An invocation has begun. If the environment was frozen for so long that lines left behind are
  /// late, that was a mistake, and is charged.
  void invoked(long nowNanos) {
    boolean hadToWait = flushNanos > 0 && nowNanos - flushedNanos < PROMPT_NANOS;
    arrivals.arrived(nowNanos, hadToWait ? flushNanos : 0);
    flushNanos = 0;
    previousNanos = latestNanos;
    latestNanos = nowNanos;
    if (left > 0 && leftNanos() > stalenessNanos) {
      allowance -= 1;
    }
    allowance = Math.min(ALLOWANCE_MAX, allowance + ALLOWANCE_PER_INVOCATION);
  }

  /// How much has come since the beginning of the environment, when an invocation begins.
  void logged(long bytes) {
    heavyFor = bytes - loggedBytes >= HEAVY_BYTES ? HEAVY_INVOCATIONS : Math.max(0, heavyFor - 1);
    loggedBytes = bytes;
  }

  /// Whether invocations write so much that leaving it behind would overflow what the platform
  /// keeps.
  boolean isHeavy() {
    return heavyFor > 0;
  }

  /// The latest invocation's lines will be here only when the next one runs.
  void leaveBehind() {
    if (left == 0) {
      leftSinceNanos = latestNanos;
    }
    left++;
  }

  /// The latest invocation was held for a flush. Nothing is left behind.
  void flushed(long beginNanos, long nowNanos) {
    settle();
    flushNanos = nowNanos - beginNanos;
    flushedNanos = nowNanos;
  }

  /// Nothing is left behind by choice.
  void settle() {
    left = 0;
  }

  /// What earlier invocations left behind leaves.
  ///
  /// @param complete whether the lines of the invocation before the latest were among it
  void caughtUp(boolean complete) {
    left = complete ? 0 : 1;
    leftSinceNanos = previousNanos;
  }

  /// Whether the platform may have told by now how the invocation before the latest went, or will
  /// within the time of a catch-up.
  boolean isNewsDue() {
    return latestNanos - previousNanos
        >= FlushPolicy.NEWS_NANOS - FlushPolicy.CATCH_UP_NANOS_MAX / 2;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  /// Mistakes that may still be made; not above zero when it is time to be careful.
  double allowance() {
    return allowance;
  }

  /// Invocations whose lines were left behind.
  int left() {
    return left;
  }

  /// Time since the first of them began.
  long leftNanos() {
    return left == 0 ? 0 : latestNanos - leftSinceNanos;
  }
}
