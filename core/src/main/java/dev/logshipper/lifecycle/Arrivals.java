package dev.logshipper.lifecycle;

/// When the last invocations came, and how likely a pause is now. Remembers the last intervals
/// (start to start) and the place of each in its run: a run is a row of invocations none of which
/// came later than the staleness bound after the one before.
///
/// Not thread-safe: the lifecycle's own. Allocates one small record for each question.
final class Arrivals {
  /// So many intervals are remembered: enough to learn runs of that length, little enough to forget
  /// last hour's traffic.
  private static final int REMEMBERED = 256;

  /// Nothing is foretold from fewer intervals.
  private static final int INTERVALS_MIN = 2;

  /// Weight of all intervals against each one that was seen at the same place of a run.
  private static final double POOLED_WEIGHT = 0.25;

  /// Weight of a pause that was seen against a change that may come once.
  private static final double RECURRING_WEIGHT = 16;

  /// Where nothing is known of a place, so much is too much already.
  private static final double CHANGE_MAX = 0.1;

  private final long[] intervals = new long[REMEMBERED];
  private final int[] places = new int[REMEMBERED];
  private final long runBreakNanos;
  private long invocations;
  private long latestNanos;
  private int place;

  /// @param runBreakNanos an interval above it ends a run
  Arrivals(long runBreakNanos) {
    this.runBreakNanos = runBreakNanos;
  }

  /// An invocation has begun.
  ///
  /// @param delayNanos so much earlier it would have begun without us
  void arrived(long nowNanos, long delayNanos) {
    if (invocations > 0) {
      long interval = nowNanos - latestNanos - delayNanos;
      int slot = (int) ((invocations - 1) % REMEMBERED);
      intervals[slot] = interval;
      places[slot] = place;
      place = interval > runBreakNanos ? 0 : place + 1;
    }
    latestNanos = nowNanos;
    invocations++;
  }

  /// Probability that the next invocation begins later than this after the latest, if traffic stays
  /// as it is. By what came so far at this place in a run, where that is known, else by all
  /// intervals: the smaller of how often one was longer, and of what their mean and spread allow
  /// (Cantelli's inequality), which says the more the more regular they are.
  double chanceOfPause(long nanos) {
    Tally tally = tally(nanos);
    if (tally.count < INTERVALS_MIN) {
      return 1;
    }
    double byCount = (tally.longer + 0.5) / (tally.count + 1);
    return tally.atThisPlace(Math.min(byCount, tally.bySpread(nanos)));
  }

  /// The same if traffic need not stay as it is, for those who have more than one invocation to
  /// lose: after as many invocations as came in a row, the row may end here, however regular they
  /// were; and what has happened before must be rare indeed, for it will happen again.
  double chanceOfPauseOrChange(long nanos) {
    Tally tally = tally(nanos);
    double byCount = (RECURRING_WEIGHT * tally.longer + 1) / (tally.count + 1);
    double pooled = Math.max(byCount, tally.bySpread(nanos) / 2);
    return tally.atThisPlace(Math.min(CHANGE_MAX, pooled));
  }

  private Tally tally(long nanos) {
    int count = (int) Math.min(Math.max(invocations - 1, 0), REMEMBERED);
    int longer = 0;
    int here = 0;
    int longerHere = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      boolean isLonger = intervals[i] > nanos;
      boolean isHere = places[i] == place;
      longer += isLonger ? 1 : 0;
      here += isHere ? 1 : 0;
      longerHere += isLonger && isHere ? 1 : 0;
      sum += intervals[i];
      squares += (double) intervals[i] * intervals[i];
    }
    return new Tally(count, longer, here, longerHere, sum, squares);
  }

  /// The intervals remembered, held against one length.
  ///
  /// @param longer how many were longer
  /// @param here how many were seen at this place of a run
  /// @param longerHere how many of these were longer
  private record Tally(
      int count, int longer, int here, int longerHere, double sum, double squares) {

    double atThisPlace(double pooled) {
      return (longerHere + POOLED_WEIGHT * pooled) / (here + POOLED_WEIGHT);
    }

    /// No distribution with this mean and deviation has more beyond. One imagined interval, half a
    /// mean away, keeps a few equal ones from looking like certainty.
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
