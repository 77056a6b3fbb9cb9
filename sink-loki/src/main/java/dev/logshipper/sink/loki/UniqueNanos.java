package dev.logshipper.sink.loki;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import java.util.function.LongSupplier;

/// Nanosecond timestamps for records that come with milliseconds. Loki silently drops a line that
/// equals another one of the same nanosecond and stream, and shuffles the lines of one nanosecond.
/// So each record gets a unique nanosecond within its millisecond, in the order received.
///
/// A further attempt of a batch gets the same timestamps, so that Loki recognizes lines that it has
/// stored already. Not thread-safe.
final class UniqueNanos {
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_MAX = Long.MAX_VALUE / NANOS_PER_MILLI - 1;

  private final LongSupplier epochMillis;
  private String batchId = "";
  private int firstOffset;
  private long firstNewestMillis;
  private long firstAttemptMillis;
  private int offset;
  private long newestMillis;

  /// @param epochMillis wall clock, for a record whose time is unreadable or outside Loki's range
  /// @param offset first nanosecond within the millisecond, below half a million; different in each
  ///   environment, so that equal lines of two environments do not collide either
  UniqueNanos(LongSupplier epochMillis, int offset) {
    this.epochMillis = epochMillis;
    this.offset = offset;
  }

  /// Starts an attempt, where the previous batch ended or, for a further attempt of the same batch,
  /// where that batch started.
  void begin(Batch batch) {
    if (batch.id().equals(batchId)) {
      offset = firstOffset;
      newestMillis = firstNewestMillis;
    } else {
      batchId = batch.id();
      firstOffset = offset;
      firstNewestMillis = newestMillis;
      firstAttemptMillis = epochMillis.getAsLong();
    }
  }

  /// Reserves `count` consecutive nanoseconds since 1970 and returns the first one.
  long reserve(LogRecord record, int count) {
    long millis = record.epochMillis();
    if (millis <= 0 || millis > MILLIS_MAX) {
      millis = firstAttemptMillis;
    }
    boolean isNewMillisecond = millis > newestMillis;
    newestMillis = Math.max(newestMillis, millis);
    // A restart within a millisecond would change its order, so it is done early.
    if ((isNewMillisecond && offset >= NANOS_PER_MILLI / 2) || offset + count > NANOS_PER_MILLI) {
      offset = 0;
    }
    long nanos = millis * NANOS_PER_MILLI + offset;
    offset += count;
    return nanos;
  }
}
