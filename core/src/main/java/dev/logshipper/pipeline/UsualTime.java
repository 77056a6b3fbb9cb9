package dev.logshipper.pipeline;

/// What something usually takes, smoothed over the last few times. Follows quickly what takes less
/// and slowly what takes more: a freeze in the middle makes anything look longer than it is.
///
/// Not thread-safe: guarded by the buffer's lock.
final class UsualTime {
  private static final int DOWN = 2;
  private static final int UP = 8;

  private long nanos;
  private boolean known;

  void took(long tookNanos) {
    long change = tookNanos - nanos;
    nanos += known ? change / (change < 0 ? DOWN : UP) : change;
    known = true;
  }

  /// Zero while nothing is known.
  long nanos() {
    return nanos;
  }
}
