package dev.logshipper.lifecycle;

/// Decides at each invocation when to flush the lanes that leave with flushes. Pure: history in,
/// decision out.
///
/// @param mode what the user asked for
/// @param stalenessNanos longest time a record should wait
record FlushPolicy(FlushMode mode, long stalenessNanos) {
  /// So many invocations must have been seen before traffic counts as steady.
  static final int STEADY_INVOCATIONS = 20;

  /// Steady traffic brings this many invocations within the staleness bound, so that what one
  /// leaves behind leaves during one of the next.
  private static final int INVOCATIONS_PER_STALENESS = 4;

  /// When to flush.
  enum Moment {
    /// Now, while the function runs.
    START,
    /// When the function has finished.
    END,
    /// Not for this invocation.
    NONE
  }

  /// What is known when an invocation begins.
  ///
  /// @param delivering whether the platform delivers logs at all
  /// @param reachable whether some destination is worth waiting for
  /// @param meanGapNanos mean time between the last invocations, or the largest long while fewer
  ///   than [#STEADY_INVOCATIONS] were seen
  record Situation(boolean delivering, boolean reachable, long meanGapNanos) {}

  Moment decide(Situation situation) {
    if (!situation.delivering() || !situation.reachable()) {
      return Moment.NONE;
    }
    return switch (mode) {
      case AUTO -> isSteady(situation) ? Moment.NONE : Moment.END;
      case END -> Moment.END;
      case NEXT_INVOKE -> Moment.START;
      case BATCH, BACKGROUND -> Moment.NONE;
    };
  }

  private boolean isSteady(Situation situation) {
    return situation.meanGapNanos() <= stalenessNanos / INVOCATIONS_PER_STALENESS;
  }
}
