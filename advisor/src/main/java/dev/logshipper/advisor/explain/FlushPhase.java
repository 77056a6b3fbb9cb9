package dev.logshipper.advisor.explain;

/// Consecutive invocations of an environment that are treated alike.
///
/// @param fromInvocation the first one, from 1
/// @param fromSecond time of its start, counted from the environment's first invocation
/// @param invocations number of them
/// @param held those that are held until their lines are sent
public record FlushPhase(int fromInvocation, double fromSecond, int invocations, int held) {
  /// Shares of held invocations that differ less are alike.
  private static final double SHARE_MIN = 0.25;

  FlushPhase with(FlushPhase next) {
    return new FlushPhase(
        fromInvocation, fromSecond, invocations + next.invocations, held + next.held);
  }

  /// How much better two phases describe the decisions than one would.
  double difference(FlushPhase next) {
    return Math.abs(share() - next.share()) < SHARE_MIN
        ? 0
        : with(next).uncertainty() - uncertainty() - next.uncertainty();
  }

  private double share() {
    return (double) held / invocations;
  }

  private double uncertainty() {
    return -invocations * (weighted(share()) + weighted(1 - share()));
  }

  private static double weighted(double share) {
    return share == 0 ? 0 : share * Math.log(share);
  }
}
