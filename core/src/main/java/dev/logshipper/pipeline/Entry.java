package dev.logshipper.pipeline;

import dev.logshipper.sink.LogRecord;
import java.util.Map;

/// A record in the buffer, shared by the lanes that have not finished with it. Guarded by the
/// buffer's lock.
final class Entry {
  /// Memory of a record in addition to its content: this object, the record, an array header, its
  /// slots in the queues. It bounds a flood of one-byte lines as well.
  static final int OVERHEAD_BYTES = 112;

  /// Memory of lifted fields in addition to their values: the map; a node and a text for each.
  private static final int FIELDS_OVERHEAD_BYTES = 150;

  private static final int FIELD_OVERHEAD_BYTES = 96;

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
    return (long) record.sizeBytes() + OVERHEAD_BYTES + fieldsBytes(record.fields());
  }

  private static long fieldsBytes(Map<String, String> fields) {
    // Handed-over records without other fields share the mark.
    if (fields.isEmpty() || (fields.size() == 1 && fields.containsKey(Handover.MARK))) {
      return 0;
    }
    long bytes = FIELDS_OVERHEAD_BYTES;
    for (String value : fields.values()) {
      bytes += value.length() + FIELD_OVERHEAD_BYTES;
    }
    return bytes;
  }
}
