package dev.logshipper.sink;

import java.util.ArrayList;
import java.util.List;

/// What one send carries: records in the order in which they were received, never none, within the
/// sink's [BatchLimits]. Immutable and thread-safe.
public final class Batch {
  private final String id;
  private final int remainders;
  private final List<LogRecord> records;
  private final Cut cut;
  private final long contentBytes;

  /// @param id unique over environments and time; the same over all attempts
  /// @throws IllegalArgumentException when there are no records
  public Batch(String id, List<LogRecord> records, Cut cut) {
    this(id, 0, records, cut);
  }

  private Batch(String id, int remainders, List<LogRecord> records, Cut cut) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("a batch has at least one record");
    }
    this.id = id;
    this.remainders = remainders;
    this.records = List.copyOf(records);
    this.cut = cut;
    long bytes = 0;
    for (LogRecord record : this.records) {
      bytes += record.sizeBytes();
    }
    this.contentBytes = bytes;
  }

  /// Stays the same over every attempt to send this batch, so that a destination can recognise a
  /// repetition after an unknown outcome. Letters, digits, dashes and dots.
  public String id() {
    return remainders == 0 ? id : id + "." + remainders;
  }

  /// In the order in which they were received.
  public List<LogRecord> records() {
    return records;
  }

  /// Why it ends where it ends.
  public Cut cut() {
    return cut;
  }

  /// Sum of the records' sizes.
  public long contentBytes() {
    return contentBytes;
  }

  /// What remains after a [SendResult.Partial]: the records at the given places, under an id
  /// derived from this one's.
  public Batch remainder(List<Integer> indexes) {
    List<LogRecord> remaining = new ArrayList<>(indexes.size());
    for (int index : indexes) {
      remaining.add(records.get(index));
    }
    return new Batch(id, remainders + 1, remaining, cut);
  }

  @Override
  public String toString() {
    return "batch "
        + id()
        + " of "
        + records.size()
        + " records, "
        + contentBytes
        + " bytes, "
        + cut;
  }
}
