package dev.logshipper.lifecycle;

/// When the last invocations came. Not thread-safe: the lifecycle's own.
final class InvocationHistory {
  private final long[] startNanos = new long[FlushPolicy.STEADY_INVOCATIONS];
  private long invocations;

  void invoked(long nowNanos) {
    startNanos[(int) (invocations % startNanos.length)] = nowNanos;
    invocations++;
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
