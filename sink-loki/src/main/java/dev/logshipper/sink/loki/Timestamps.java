package dev.logshipper.sink.loki;

import dev.logshipper.sink.LogRecord;
import java.util.function.LongSupplier;

/// Times in nanoseconds for records that come with milliseconds. Loki drops a line without a word
/// when one of the same nanosecond, text and stream is there, and shuffles those of one nanosecond;
/// so each record gets a nanosecond of its own within its millisecond, in the order received.
///
/// Not thread-safe.
final class Timestamps {
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_MAX = Long.MAX_VALUE / NANOS_PER_MILLI - 1;

  private final LongSupplier epochMillis;
  private int offset;
  private long newestMillis;

  /// @param epochMillis wall clock, for a record whose time cannot be read or is none that Loki
  ///   could store
  /// @param offset nanoseconds within the millisecond to begin with, below half a million; another
  ///   one in each environment, so that equal lines of two environments do not meet either
  Timestamps(LongSupplier epochMillis, int offset) {
    this.epochMillis = epochMillis;
    this.offset = offset;
  }

  /// The first of `count` successive nanoseconds since 1970 that no record had before.
  long take(LogRecord record, int count) {
    long millis = record.epochMillis();
    if (millis <= 0 || millis > MILLIS_MAX) {
      millis = epochMillis.getAsLong();
    }
    boolean begins = millis > newestMillis;
    newestMillis = Math.max(newestMillis, millis);
    // Starting over in the midst of a millisecond would change its order, so rather early.
    if ((begins && offset >= NANOS_PER_MILLI / 2) || offset + count > NANOS_PER_MILLI) {
      offset = 0;
    }
    long nanos = millis * NANOS_PER_MILLI + offset;
    offset += count;
    return nanos;
  }
}
