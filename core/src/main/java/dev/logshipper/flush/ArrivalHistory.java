package dev.logshipper.flush;

/// The most recent intervals between invocations (start to start), and the probability of a gap
/// derived from them. Each interval is stored with its position in a burst: a burst is a sequence
/// of invocations none of which started later than the staleness bound after the one before.
///
/// Confined to the lifecycle's thread. Allocates one small record per question.
final class ArrivalHistory {
  /// Remembered intervals: enough to learn bursts of that length, and few enough to forget the
  /// traffic of an hour ago.
  private static final int INTERVALS_MAX = 256;

  /// Fewer intervals predict nothing.
  private static final int INTERVALS_MIN = 2;

  /// Weight of the estimate from all intervals, relative to one interval at the same position.
  private static final double POOLED_WEIGHT = 0.25;

  /// Weight of a gap that was seen, relative to a change of traffic that has not been seen.
  private static final double RECURRING_WEIGHT = 16;

  /// Upper limit of the conservative estimate for positions without history.
  private static final double CHANGE_PROBABILITY_MAX = 0.1;

  private final long[] intervals = new long[INTERVALS_MAX];
  private final int[] positions = new int[INTERVALS_MAX];
  private final long burstEndNanos;
  private long invocations;
  private long latestNanos;
  private int positionInBurst;

  /// @param burstEndNanos a longer interval ends a burst
  ArrivalHistory(long burstEndNanos) {
    this.burstEndNanos = burstEndNanos;
  }

  /// Records the start of an invocation.
  ///
  /// @param delayNanos how long this extension delayed the start
  void arrived(long nowNanos, long delayNanos) {
    if (invocations > 0) {
      long interval = nowNanos - latestNanos - delayNanos;
      int slot = (int) ((invocations - 1) % INTERVALS_MAX);
      intervals[slot] = interval;
      positions[slot] = positionInBurst;
      positionInBurst = interval > burstEndNanos ? 0 : positionInBurst + 1;
    }
    latestNanos = nowNanos;
    invocations++;
  }

  /// Probability that the next interval is longer than this, if traffic does not change. Uses the
  /// intervals at this position of a burst where there are any, else all intervals: the smaller of
  /// the observed frequency and the limit given by mean and spread (Cantelli's inequality), which
  /// is tighter the more regular they are.
  double gapProbability(long nanos) {
    IntervalStats stats = stats(nanos);
    if (stats.count < INTERVALS_MIN) {
      return 1;
    }
    double byCount = (stats.longer + 0.5) / (stats.count + 1);
    return stats.atThisPosition(Math.min(byCount, stats.bySpread(nanos)));
  }

  /// The same if traffic may change, for a backlog of more than one invocation: after a sequence of
  /// N invocations it may end with probability 1/N, however regular they were; and a gap that
  /// occurred before must be rare, because it will occur again.
  double conservativeGapProbability(long nanos) {
    IntervalStats stats = stats(nanos);
    double byCount = (RECURRING_WEIGHT * stats.longer + 1) / (stats.count + 1);
    double pooled = Math.max(byCount, stats.bySpread(nanos) / 2);
    return stats.atThisPosition(Math.min(CHANGE_PROBABILITY_MAX, pooled));
  }

  private IntervalStats stats(long nanos) {
    int count = (int) Math.min(Math.max(invocations - 1, 0), INTERVALS_MAX);
    int longer = 0;
    int here = 0;
    int longerHere = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      boolean isLonger = intervals[i] > nanos;
      boolean isHere = positions[i] == positionInBurst;
      longer += isLonger ? 1 : 0;
      here += isHere ? 1 : 0;
      longerHere += isLonger && isHere ? 1 : 0;
      sum += intervals[i];
      squares += (double) intervals[i] * intervals[i];
    }
    return new IntervalStats(count, longer, here, longerHere, sum, squares);
  }

  /// Statistics of the remembered intervals, relative to one length.
  ///
  /// @param longer number of longer intervals
  /// @param here number of intervals at the current position of a burst
  /// @param longerHere number of longer ones among these
  private record IntervalStats(
      int count, int longer, int here, int longerHere, double sum, double squares) {

    double atThisPosition(double pooled) {
      return (longerHere + POOLED_WEIGHT * pooled) / (here + POOLED_WEIGHT);
    }

    /// The upper limit for any distribution with this mean and deviation. One imagined interval,
    /// half a mean away, prevents a few equal ones from looking like certainty.
    double bySpread(long nanos) {
      double mean = sum / count;
      double distance = nanos - mean;
      if (distance <= 0) {
        return 1;
      }
      double spread = Math.max(0, squares - sum * mean) + mean * mean / 4;
      double variance = spread / (count - 1);
      return variance / (variance + distance * distance);
    }
  }
}
