package dev.logshipper.sink.kinesis;

import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.kinesis.PackedBatch.PackedRecord;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;

/// Maps the response of `PutRecordBatch` to the outcome of a send. Under load Firehose responds
/// with 200 and rejects some of the records: only those are sent again.
///
/// @param stream name of the stream, for reasons
record PutResultMapper(String stream) {

  /// @param packed the content of the call
  SendResult map(PutRecordBatchResponse response, PackedBatch packed) {
    int recordCount = packed.part().all();
    if (!isConsistent(response, packed.records().size())) {
      return SendResult.busy(
          Duration.ZERO, stream + " returned a response that does not match the request");
    }
    List<PutRecordBatchResponseEntry> entries = response.requestResponses();
    BitSet failed = new BitSet(recordCount);
    String reason = "";
    boolean throttled = true;
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).errorCode() != null) {
        PackedRecord record = packed.records().get(i);
        failed.set(record.first(), record.last() + 1);
        reason = stream + " rejected records: " + describe(entries.get(i).errorCode());
        throttled &= entries.get(i).errorCode().equals("ServiceUnavailableException");
      }
    }
    if (failed.isEmpty()) {
      return packed.part().delivered();
    }
    failed.set(packed.part().records(), recordCount);
    return failed.cardinality() == recordCount
        ? failure(throttled, reason)
        : new SendResult.Partial(failed.stream().boxed().toList(), List.of(), reason);
  }

  private static SendResult failure(boolean throttled, String reason) {
    return throttled ? SendResult.busy(Duration.ZERO, reason) : SendResult.error(reason);
  }

  /// Whether the response reports each record that was sent, and no other, as either stored or
  /// failed, with the right count.
  private static boolean isConsistent(PutRecordBatchResponse response, int sent) {
    int failed = 0;
    for (PutRecordBatchResponseEntry entry : response.requestResponses()) {
      boolean hasFailed = entry.errorCode() != null;
      if (hasFailed == (entry.recordId() != null)) {
        return false;
      }
      failed += hasFailed ? 1 : 0;
    }
    return response.requestResponses().size() == sent
        && Integer.valueOf(failed).equals(response.failedPutCount());
  }

  /// The codes of `PutRecordBatchResponseEntry`; any other text of the server is not repeated.
  private static String describe(String errorCode) {
    return switch (errorCode) {
      case "ServiceUnavailableException" -> "throttled or unavailable";
      case "InternalFailure" -> "internal failure";
      default -> "an error that its API does not list";
    };
  }
}
