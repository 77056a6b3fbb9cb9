package dev.logshipper.lifecycle;

import dev.logshipper.sink.FlushMode;
import java.util.OptionalLong;

/// Decides at each invocation when to flush the lanes that leave with flushes. Pure: history in,
/// decision out.
///
/// In the mode `auto` it minimises the time for which invocations are held, under a bound on
/// staleness. Nothing runs while the environment is frozen, so whoever is not held bets that the
/// next invocation comes within the bound. Promised is how often that bet is lost: at most three
/// times, and once more in two hundred invocations. Then lines are late until the next invocation
/// or SHUTDOWN, not lost. Where no bet is made (without history, where pauses are likely, after too
/// many lost ones) an invocation is held until its lines have left.
///
/// @param mode what the user asked for
/// @param stalenessNanos longest time a record should wait
record FlushPolicy(FlushMode mode, long stalenessNanos) {
  /// Longest time that an invocation is held for what earlier ones left behind.
  static final long CATCH_UP_NANOS_MAX = 10_000_000;

  /// The platform tells of the end of an invocation so much later.
  static final long NEWS_NANOS = 25_000_000;

  /// Held time that is worth as much as one late invocation.
  private static final double LATE_NANOS = 1e9;

  /// Nobody bets against worse odds, however long a flush takes.
  private static final double PAUSE_CHANCE_MAX = 0.1;

  /// How many late invocations are risked, on average, for saving a request.
  private static final double GATHERING_RISK_MAX = 0.0625;

  /// A send beside functions of a millisecond takes so many of them.
  private static final int SEND_INVOCATIONS = 4;

  /// When to flush.
  enum Moment {
    /// Now, while the function runs.
    START,
    /// Now, but only what earlier invocations left behind, and waited for but briefly.
    CATCH_UP,
    /// The same, waited for by nobody.
    BESIDE,
    /// When the function has finished.
    END,
    /// Not for this invocation.
    NONE
  }

  /// What is known when an invocation begins.
  ///
  /// @param delivering whether the platform delivers logs at all
  /// @param sendNanos what a send usually takes; empty when no destination is worth waiting for
  record Situation(boolean delivering, OptionalLong sendNanos, InvocationHistory history) {

    /// Whether there is anything to wait for.
    boolean isPromising() {
      return delivering && sendNanos.isPresent();
    }
  }

  Moment decide(Situation situation) {
    if (!situation.isPromising()) {
      return Moment.NONE;
    }
    return switch (mode) {
      case AUTO -> choose(situation);
      case END -> Moment.END;
      case NEXT_INVOKE -> Moment.START;
      case BATCH, BACKGROUND -> Moment.NONE;
    };
  }

  private Moment choose(Situation situation) {
    InvocationHistory history = situation.history();
    // The next invocation must begin so soon that what this one leaves behind can leave then.
    long within = stalenessNanos - CATCH_UP_NANOS_MAX;
    if (history.isHeavy() || history.arrivals().chanceOfPause(within) > acceptable(situation)) {
      return Moment.END;
    }
    if (history.left() == 0 || mayGather(history, within)) {
      return Moment.NONE;
    }
    return mayTakeItsTime(history, within) ? Moment.BESIDE : Moment.CATCH_UP;
  }

  /// What chance of being late is worth not being held.
  private static double acceptable(Situation situation) {
    double saved = (NEWS_NANOS + situation.sendNanos().orElse(0)) / LATE_NANOS;
    return Math.min(PAUSE_CHANCE_MAX, saved * situation.history().allowance());
  }

  /// Whether what was left behind may wait for what this invocation leaves behind.
  private static boolean mayGather(InvocationHistory history, long within) {
    double chance = history.arrivals().chanceOfPauseOrChange(within - history.leftNanos());
    return chance * (history.left() + 1) <= GATHERING_RISK_MAX * history.allowance();
  }

  /// Whether what was left behind may as well be sent to its end beside the next invocations: a
  /// send beside short functions lasts for some of them.
  private static boolean mayTakeItsTime(InvocationHistory history, long within) {
    long beside = (within - history.leftNanos()) / SEND_INVOCATIONS;
    double chance = history.arrivals().chanceOfPause(beside);
    double risked = chance * (history.left() + 1) * LATE_NANOS;
    return risked <= CATCH_UP_NANOS_MAX * history.allowance();
  }
}
