package dev.logshipper.sink;

/// The hard limits of one send, which core never exceeds. Start with [#ofBytes]; the other limits
/// default to none.
///
/// @param recordsMax maximum number of records in a batch
/// @param bytesMax maximum sum of size and overhead over the records of a batch
/// @param recordBytesMax maximum size of one record with its overhead
/// @param recordOverheadBytes minimum number of bytes that the wire format adds to each record
public record BatchLimits(
    int recordsMax, int bytesMax, int recordBytesMax, int recordOverheadBytes) {

  public BatchLimits {
    if (recordsMax < 1 || recordOverheadBytes < 0 || recordBytesMax < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
    if (recordBytesMax > bytesMax) {
      throw new IllegalArgumentException("the largest record must fit into a batch");
    }
  }

  /// Limits for batches of at most this many bytes.
  public static BatchLimits ofBytes(int bytesMax) {
    return new BatchLimits(Integer.MAX_VALUE, bytesMax, bytesMax, 0);
  }

  /// These limits with a maximum number of records in a batch.
  public BatchLimits withRecords(int recordsMax) {
    return new BatchLimits(recordsMax, bytesMax, recordBytesMax, recordOverheadBytes);
  }

  /// These limits with a maximum size of one record, its overhead included.
  public BatchLimits withRecordBytes(int recordBytesMax) {
    return new BatchLimits(recordsMax, bytesMax, recordBytesMax, recordOverheadBytes);
  }

  /// These limits with the bytes that the wire format adds to each record.
  public BatchLimits withRecordOverhead(int recordOverheadBytes) {
    return new BatchLimits(recordsMax, bytesMax, recordBytesMax, recordOverheadBytes);
  }
}
