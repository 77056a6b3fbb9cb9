package dev.logshipper.lifecycle;

/// When the last invocations came. Not thread-safe: the lifecycle's own.
final class InvocationHistory {
  private final long[] startNanos = new long[FlushPolicy.STEADY_INVOCATIONS];
  private long invocations;
  private int sinceFlush;

  void invoked(long nowNanos) {
    startNanos[(int) (invocations % startNanos.length)] = nowNanos;
    invocations++;
    sinceFlush++;
  }

  void flushed() {
    sinceFlush = 0;
  }

  int invokesSinceFlush() {
    return sinceFlush;
  }

  /// Mean time between the invocations remembered; the largest long while they are too few.
  long meanGapNanos() {
    if (invocations < startNanos.length) {
      return Long.MAX_VALUE;
    }
    long oldest = startNanos[(int) (invocations % startNanos.length)];
    long newest = startNanos[(int) ((invocations - 1) % startNanos.length)];
    return (newest - oldest) / (startNanos.length - 1);
  }
}
