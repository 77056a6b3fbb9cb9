package dev.logshipper.sink;

/// The hard limits of one send; core never exceeds them.
///
/// @param recordsMax records in a batch
/// @param bytesMax sum over the records of size and overhead
/// @param recordBytesMax size of one record with its overhead
/// @param recordOverheadBytes what the wire format adds to each record, at least
public record BatchLimits(
    int recordsMax, int bytesMax, int recordBytesMax, int recordOverheadBytes) {

  public BatchLimits {
    if (recordsMax < 1 || recordOverheadBytes < 0 || recordBytesMax < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
    if (recordBytesMax > bytesMax) {
      throw new IllegalArgumentException("a record that is allowed must fit into a batch");
    }
  }
}
