package dev.logshipper.sink;

import java.util.ArrayList;
import java.util.List;

/// The records of one send, in the order received; at least one, within the sink's [BatchLimits].
/// Immutable and thread-safe.
public final class Batch {
  private final String id;
  private final int remainders;
  private final List<LogRecord> records;
  private final long contentBytes;

  /// @param id unique across environments and time; the same in all attempts
  /// @throws IllegalArgumentException when there are no records
  public Batch(String id, List<LogRecord> records) {
    this(id, 0, records);
  }

  private Batch(String id, int remainders, List<LogRecord> records) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("a batch has at least one record");
    }
    this.id = id;
    this.remainders = remainders;
    this.records = List.copyOf(records);
    long bytes = 0;
    for (LogRecord record : this.records) {
      bytes += record.sizeBytes();
    }
    this.contentBytes = bytes;
  }

  /// The same in every attempt to send this batch, so that a destination can detect a duplicate
  /// after an unknown outcome. Letters, digits, dashes and dots.
  public String id() {
    return remainders == 0 ? id : id + "." + remainders;
  }

  /// The records in the order received.
  public List<LogRecord> records() {
    return records;
  }

  /// Sum of the records' sizes.
  public long contentBytes() {
    return contentBytes;
  }

  /// The records still to be sent after a [SendResult.Partial], under an id derived from this one.
  ///
  /// @param indexes of the records, ascending
  public Batch remainder(List<Integer> indexes) {
    List<LogRecord> remaining = new ArrayList<>(indexes.size());
    for (int index : indexes) {
      remaining.add(records.get(index));
    }
    return new Batch(id, remainders + 1, remaining);
  }

  /// The records still to be sent after a [SendResult.Progress], under an id derived from this one;
  /// this batch when nothing was delivered.
  ///
  /// @param delivered number of records at the beginning that are delivered
  public Batch remainder(int delivered) {
    return delivered == 0
        ? this
        : new Batch(id, remainders + 1, records.subList(delivered, records.size()));
  }

  /// The records up to an index and the others, each under an id derived from this one.
  ///
  /// @param index greater than zero and less than the number of records
  public List<Batch> split(int index) {
    return List.of(
        new Batch(id() + ".a", 0, records.subList(0, index)),
        new Batch(id() + ".b", 0, records.subList(index, records.size())));
  }

  @Override
  public String toString() {
    return "batch " + id() + " of " + records.size() + " records, " + contentBytes + " bytes";
  }
}
