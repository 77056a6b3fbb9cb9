package dev.logshipper.sink.kinesis;

import java.util.List;
import software.amazon.awssdk.core.SdkBytes;

/// What one call takes of a batch.
///
/// @param records Firehose records in the order of the batch
/// @param packed log records of the batch that are in them, from its start on
record Packing(List<Packed> records, int packed) {

  /// A Firehose record and whose lines it holds. A log record whose line was split is in several.
  ///
  /// @param data whole lines, each with its newline
  /// @param first place in the batch of the first log record
  /// @param last place in the batch of the last log record
  record Packed(SdkBytes data, int first, int last) {}
}
