package dev.logshipper.sink.kinesis;

import dev.logshipper.sink.support.SentPart;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;

/// The part of a batch that fits into one call.
///
/// @param records Firehose records in the order of the batch
/// @param part the log records in them; its size is that of their lines
record PackedBatch(List<PackedRecord> records, SentPart part) {

  /// A Firehose record and the range of log records whose lines it contains. A log record whose
  /// line was split is in several.
  ///
  /// @param data whole lines, each with its newline, or a gzip member of them
  /// @param first index in the batch of the first log record
  /// @param last index in the batch of the last log record
  record PackedRecord(SdkBytes data, int first, int last) {}
}
