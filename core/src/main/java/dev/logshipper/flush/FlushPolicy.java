package dev.logshipper.flush;

import dev.logshipper.sink.FlushMode;

/// Decides at each invocation when to flush the lanes that have no thresholds of their own. Pure:
/// history in, decision out.
///
/// The mode `auto` minimises the time for which invocations are held, under a bound on staleness.
/// Nothing runs while the environment is frozen. Not holding an invocation is therefore a bet that
/// the next one starts within the bound. The number of lost bets (misses) is bounded: three, plus
/// one in two hundred invocations. After a miss, lines are late until the next invocation or
/// SHUTDOWN, not lost. Without a bet (no history, a gap is likely, the miss budget is used up) an
/// invocation is held until its lines are sent.
///
/// @param mode as configured
/// @param stalenessNanos maximum age of a record before it is sent
public record FlushPolicy(FlushMode mode, long stalenessNanos) {
  /// Longest time for which an invocation is held for the backlog of earlier ones.
  public static final long BACKLOG_HOLD_NANOS_MAX = 10_000_000;

  /// Delay after which the platform reports the end of an invocation: its buffer's timeout.
  static final long TELEMETRY_DELAY_NANOS = 25_000_000;

  /// Cost of one late invocation, as held time: one second.
  private static final double MISS_COST_NANOS = 1e9;

  /// Upper limit of the acceptable probability of a gap, however slow a flush is.
  private static final double GAP_PROBABILITY_MAX = 0.1;

  /// Late invocations, on average, that are risked for saving a request.
  private static final double DEFER_RISK_MAX = 0.0625;

  /// Invocations of a millisecond that start while one concurrent send is in progress.
  private static final int INVOCATIONS_PER_SEND = 4;

  /// The timing for the invocation that has just begun.
  public FlushTiming decide(FlushContext context) {
    if (!context.canDeliver()) {
      return FlushTiming.NONE;
    }
    return switch (mode) {
      case AUTO -> choose(context);
      case END -> FlushTiming.END;
      case NEXT_INVOKE -> FlushTiming.START;
      case BATCH, BACKGROUND -> FlushTiming.NONE;
    };
  }

  private FlushTiming choose(FlushContext context) {
    InvocationHistory history = context.history();
    // The next invocation must start early enough for this one's lines to be sent then.
    long within = stalenessNanos - BACKLOG_HOLD_NANOS_MAX;
    double gap = history.arrivals().gapProbability(within);
    if (history.isHeavy() || gap > acceptableGapProbability(context)) {
      return FlushTiming.END;
    }
    if (history.backlog() == 0 || mayDeferBacklog(history, within)) {
      return FlushTiming.NONE;
    }
    return maySendConcurrently(history, within)
        ? FlushTiming.CONCURRENT
        : FlushTiming.BACKLOG_FIRST;
  }

  /// The probability of a miss at which holding costs as much as not holding.
  private static double acceptableGapProbability(FlushContext context) {
    double saved = (TELEMETRY_DELAY_NANOS + context.sendNanos().orElse(0)) / MISS_COST_NANOS;
    return Math.min(GAP_PROBABILITY_MAX, saved * context.history().missBudget());
  }

  /// Whether the backlog may wait for this invocation's lines, to share a request with them.
  private static boolean mayDeferBacklog(InvocationHistory history, long within) {
    double gap = history.arrivals().conservativeGapProbability(within - history.backlogNanos());
    return gap * (history.backlog() + 1) <= DEFER_RISK_MAX * history.missBudget();
  }

  /// Whether the backlog may be sent concurrently with the next invocations. Such a send spans
  /// several short invocations.
  private static boolean maySendConcurrently(InvocationHistory history, long within) {
    long perInvocation = (within - history.backlogNanos()) / INVOCATIONS_PER_SEND;
    double gap = history.arrivals().gapProbability(perInvocation);
    double risk = gap * (history.backlog() + 1) * MISS_COST_NANOS;
    return risk <= BACKLOG_HOLD_NANOS_MAX * history.missBudget();
  }
}
