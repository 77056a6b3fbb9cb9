package dev.logshipper.sink.kinesis;

import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.kinesis.Packing.Packed;
import java.util.BitSet;
import java.util.List;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;

/// What an answer of Firehose means for the log records of a batch. Under load Firehose answers 200
/// and refuses some of the records: those alone are worth another attempt.
///
/// @param stream in words, for reasons
record Verdict(String stream) {

  /// @param packing what was sent
  /// @param places log records in the batch
  SendResult of(PutRecordBatchResponse answer, Packing packing, int places) {
    List<PutRecordBatchResponseEntry> entries = answer.requestResponses();
    if (!isConsistent(answer, packing.records().size())) {
      return SendResult.retry(stream + " gave an answer that does not match what was sent");
    }
    BitSet failed = new BitSet(places);
    String reason = "one call takes only a part of the batch";
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).errorCode() != null) {
        Packed record = packing.records().get(i);
        failed.set(record.first(), record.last() + 1);
        reason = stream + " refused records: " + inWords(entries.get(i).errorCode());
      }
    }
    failed.set(packing.packed(), places);
    return result(failed, places, reason);
  }

  private static SendResult result(BitSet failed, int places, String reason) {
    if (failed.isEmpty()) {
      return SendResult.DELIVERED;
    }
    return failed.cardinality() == places
        ? SendResult.retry(reason)
        : new SendResult.Partial(failed.stream().boxed().toList(), List.of(), reason);
  }

  /// Whether it says of each record that was sent, and of no other, either that it is stored or
  /// that it is not, and counts them right.
  private static boolean isConsistent(PutRecordBatchResponse answer, int sent) {
    int failed = 0;
    for (PutRecordBatchResponseEntry entry : answer.requestResponses()) {
      boolean hasFailed = entry.errorCode() != null;
      if (hasFailed == (entry.recordId() != null)) {
        return false;
      }
      failed += hasFailed ? 1 : 0;
    }
    return answer.requestResponses().size() == sent
        && Integer.valueOf(failed).equals(answer.failedPutCount());
  }

  /// The codes of `PutRecordBatchResponseEntry`; what else a server says is not repeated.
  private static String inWords(String errorCode) {
    return switch (errorCode) {
      case "ServiceUnavailableException" -> "throttled or unavailable";
      case "InternalFailure" -> "internal failure";
      default -> "an error that its API does not list";
    };
  }
}
