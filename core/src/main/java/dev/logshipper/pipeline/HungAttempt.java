package dev.logshipper.pipeline;

/// Decides when an attempt has lasted so long that its connection is abandoned and the batch sent
/// again, because there is no time to wait for the sink's own limit. Stateless.
final class HungAttempt {
  private static final int TYPICALS = 4;
  private static final long HOLD_NANOS_MIN = 1_000_000_000;
  private static final long CLOSING_NANOS_MIN = 300_000_000;

  /// Of an attempt of a lane that has not delivered yet.
  private static final long UNKNOWN_NANOS_MIN = 1_000_000_000;

  /// After a thaw, the response may only have to be read.
  private static final long READING_NANOS = 150_000_000;

  /// Less time than this is not enough for another attempt.
  private static final long USEFUL_NANOS = 150_000_000;

  private HungAttempt() {}

  /// Whether an attempt that an invocation was held for in vain is abandoned.
  ///
  /// @param ranNanos its duration so far, without the time spent frozen
  static boolean isHung(long ranNanos, long typicalNanos) {
    return ranNanos > Math.max(TYPICALS * typicalNanos, HOLD_NANOS_MIN);
  }

  /// Time until an attempt is abandoned that was in progress when the shutdown started.
  ///
  /// @param lastedNanos its duration so far
  /// @param typicalNanos zero when unknown
  /// @param closingNanos duration of the shutdown so far
  /// @param leftNanos time left for sends
  /// @return zero or less for now; [#never]
  static long nanosUntilAbandoned(
      long lastedNanos, long typicalNanos, long closingNanos, long leftNanos) {
    boolean known = typicalNanos > 0;
    long hung = known ? Math.max(TYPICALS * typicalNanos, CLOSING_NANOS_MIN) : UNKNOWN_NANOS_MIN;
    long plausible = known ? 2 * typicalNanos : UNKNOWN_NANOS_MIN;
    long untilHalf = (closingNanos + leftNanos) / 2 - closingNanos;
    long untilAbandoned =
        Math.min(hung - lastedNanos, Math.max(untilHalf, plausible - lastedNanos));
    long untilRead = Math.max(known ? 2 * typicalNanos : 0, READING_NANOS) - closingNanos;
    long nanos = Math.max(untilAbandoned, untilRead);
    return nanos > leftNanos - USEFUL_NANOS ? never() : nanos;
  }

  /// Time limit of an attempt that begins during the shutdown, such that another one fits.
  static long nanosMax(long typicalNanos, long leftNanos) {
    long enough = Math.max(leftNanos / 2, Math.max(TYPICALS * typicalNanos, CLOSING_NANOS_MIN));
    return typicalNanos == 0 || leftNanos - enough < USEFUL_NANOS ? leftNanos : enough;
  }

  /// The time until an attempt that is not abandoned. Not a constant, which the compiler would
  /// copy: every shutdown loads this class, so that it is in the AOT cache.
  static long never() {
    return Long.MAX_VALUE;
  }
}
