package dev.logshipper.pipeline;

import org.jspecify.annotations.Nullable;

/// Decides when a batch is cut. Pure: what waits and how long it has waited goes in, a decision
/// comes out; no clock, no thread.
///
/// @param cutBytes bytes of waiting records that are worth sending
/// @param batchBytes bytes to aim at in one send
/// @param recordsMax records the destination takes in a batch
/// @param stalenessNanos longest time a record waits while the environment runs
record Batcher(long cutBytes, long batchBytes, int recordsMax, long stalenessNanos) {

  /// What waits in a lane at some instant.
  ///
  /// @param oldestAgeNanos time since the oldest waiting record arrived
  /// @param demand the reason to send everything at once, or null
  record Waiting(int records, long bytes, long oldestAgeNanos, @Nullable Cut demand) {}

  /// The reason to cut now, or null to go on waiting.
  @Nullable Cut cut(Waiting waiting) {
    if (waiting.records() == 0) {
      return null;
    }
    if (waiting.bytes() >= cutBytes) {
      return Cut.BYTES;
    }
    if (waiting.records() >= recordsMax) {
      return Cut.RECORDS;
    }
    if (waiting.demand() != null) {
      return waiting.demand();
    }
    return waiting.oldestAgeNanos() >= stalenessNanos ? Cut.AGE : null;
  }

  /// Time until age alone is a reason to cut; the largest long when nothing waits.
  long nanosUntilStale(Waiting waiting) {
    return waiting.records() == 0 ? Long.MAX_VALUE : stalenessNanos - waiting.oldestAgeNanos();
  }
}
