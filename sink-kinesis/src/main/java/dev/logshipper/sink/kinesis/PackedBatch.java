package dev.logshipper.sink.kinesis;

import java.util.List;
import software.amazon.awssdk.core.SdkBytes;

/// The part of a batch that fits into one call.
///
/// @param records Firehose records in the order of the batch
/// @param logRecords number of log records in them, from the start of the batch
record PackedBatch(List<PackedRecord> records, int logRecords) {

  /// A Firehose record and the range of log records whose lines it contains. A log record whose
  /// line was split is in several.
  ///
  /// @param data whole lines, each with its newline
  /// @param first index in the batch of the first log record
  /// @param last index in the batch of the last log record
  record PackedRecord(SdkBytes data, int first, int last) {}
}
