package dev.logshipper.select;

import dev.logshipper.pipeline.FilterReason;
import dev.logshipper.pipeline.RecordFilter;
import dev.logshipper.sink.LogRecord;

/// Passes all records of some invocations and none of the others. The request id decides, so that
/// lanes and environments with the same share agree, and a smaller share is part of a larger one.
/// Records without a request id pass.
///
/// @param percent of the invocations, 0 to 100
public record Sample(double percent) implements RecordFilter {
  private static final long BUCKETS = 1_000_000;

  @Override
  public FilterReason reason() {
    return FilterReason.SAMPLE;
  }

  @Override
  public boolean passes(LogRecord record) {
    return record.requestId().map(id -> bucket(id) < percent / 100 * BUCKETS).orElse(true);
  }

  /// FNV-1a, mixed once more because its upper bits differ little for similar ids (the finalizer of
  /// MurmurHash3).
  private static long bucket(String requestId) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < requestId.length(); i++) {
      hash = (hash ^ requestId.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return Long.remainderUnsigned(hash ^ (hash >>> 33), BUCKETS);
  }
}
