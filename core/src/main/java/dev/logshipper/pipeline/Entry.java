package dev.logshipper.pipeline;

import dev.logshipper.sink.LogRecord;

/// A record in the buffer, shared by the lanes that still want it. Guarded by the buffer's lock.
final class Entry {
  /// What a record costs beside its content: this object, the record, an array header, its places
  /// in the queues. It keeps a flood of one-byte lines within the bound as well.
  static final int OVERHEAD_BYTES = 112;

  final LogRecord record;
  final long sequence;
  final long arrivedNanos;
  int lanesLeft;

  Entry(LogRecord record, long sequence, long arrivedNanos, int lanesLeft) {
    this.record = record;
    this.sequence = sequence;
    this.arrivedNanos = arrivedNanos;
    this.lanesLeft = lanesLeft;
  }

  long costBytes() {
    return (long) record.sizeBytes() + OVERHEAD_BYTES;
  }
}
