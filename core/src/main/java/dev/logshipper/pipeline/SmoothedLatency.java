package dev.logshipper.pipeline;

/// Smoothed duration of recent sends, without the time spent frozen. Falls quickly and rises
/// slowly, because a sink that does not use `TimeLimiter` cannot report a freeze in the middle of a
/// send. Guarded by the buffer's lock.
final class SmoothedLatency {
  private static final int DOWN = 2;
  private static final int UP = 8;

  private long nanos;
  private boolean known;

  void record(long durationNanos) {
    long change = durationNanos - nanos;
    nanos += known ? change / (change < 0 ? DOWN : UP) : change;
    known = true;
  }

  /// Zero before the first send.
  long nanos() {
    return nanos;
  }
}
