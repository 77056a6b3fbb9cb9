package dev.logshipper.pipeline;

/// Smoothed duration of recent sends. Falls quickly and rises slowly, because a freeze in the
/// middle of a send inflates its measured duration. Guarded by the buffer's lock.
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
