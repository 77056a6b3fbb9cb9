package dev.logshipper.sink.loki;

import dev.logshipper.sink.SendResult;
import java.util.List;
import java.util.stream.IntStream;

/// The content of one push: the first records of a batch, or all.
///
/// @param bytes size of the lines with their overhead
/// @param records number of records pushed
/// @param batchRecords number of records in the batch
record Push(List<PushStream> streams, int bytes, int records, int batchRecords) {

  /// The result when all lines are stored.
  SendResult stored() {
    return records == batchRecords ? SendResult.DELIVERED : new SendResult.Progress(records);
  }

  /// The result when all lines are stored except those of some records.
  ///
  /// @param rejected indexes, ascending
  SendResult rejected(List<Integer> rejected, String reason) {
    return rejected.size() == batchRecords
        ? SendResult.rejected(reason)
        : new SendResult.Partial(
            IntStream.range(records, batchRecords).boxed().toList(), rejected, reason);
  }
}
