package dev.logshipper.sink.kinesis;

import dev.logshipper.client.aws.AwsAccess;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.kinesis.Packing.Packed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchRequest;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.Record;

/// A delivery stream of Firehose: one call for one attempt, and what comes of it in words.
///
/// Not thread-safe.
final class DeliveryStream implements AutoCloseable {
  private final String name;
  private final AwsAccess access;
  private @Nullable FirehoseClient client;

  DeliveryStream(String name, AwsAccess access) {
    this.name = name;
    this.access = access;
  }

  /// @param places log records in the batch
  SendResult put(Packing packing, int places, Deadline deadline) throws InterruptedException {
    PutRecordBatchRequest request = request(packing);
    FirehoseClient firehose = client();
    try {
      PutRecordBatchResponse answer = access.call(() -> firehose.putRecordBatch(request), deadline);
      return new Verdict(inWords()).of(answer, packing, places);
    } catch (TimeoutException late) {
      return access.classify(late);
    } catch (AwsServiceException refusal) {
      return verdict(refusal);
    } catch (SdkException failure) {
      return access.classify(failure, "");
    }
  }

  /// Does all of [#put] but the sending.
  void warmUp(Packing packing, Deadline deadline) throws InterruptedException {
    PutRecordBatchRequest request = request(packing);
    access.warmUp(() -> client().putRecordBatch(request), deadline);
  }

  @Override
  public void close() {
    access.close();
  }

  @Override
  public String toString() {
    return inWords() + " at " + access;
  }

  private String inWords() {
    return "delivery stream " + name + " in " + access.region();
  }

  /// Made at the first send: the SDK takes its time to load.
  private FirehoseClient client() {
    FirehoseClient made = client;
    if (made == null) {
      made = access.prepare(FirehoseClient.builder()).build();
      client = made;
    }
    return made;
  }

  private PutRecordBatchRequest request(Packing packing) {
    List<Record> records = new ArrayList<>(packing.records().size());
    for (Packed packed : packing.records()) {
      records.add(Record.builder().data(packed.data()).build());
    }
    return PutRecordBatchRequest.builder().deliveryStreamName(name).records(records).build();
  }

  /// The errors that `PutRecordBatch` lists, in its own words; what may pass, and the errors of
  /// every service, as everywhere.
  private SendResult verdict(AwsServiceException refusal) {
    SendResult general =
        access.classify(
            refusal, "firehose:PutRecordBatch (PutRecord alone is not enough) on " + inWords());
    if (general instanceof SendResult.Retry) {
      return general;
    }
    return switch (AwsAccess.code(refusal)) {
      case "ServiceUnavailableException" -> SendResult.retry(inWords() + " is unavailable");
      case "ResourceNotFoundException" ->
          new SendResult.Rejected(
              "there is no " + inWords() + ": check KINESIS_ENDPOINT / PUSHER_KINESIS_REGION");
      case "InvalidKMSResourceException" ->
          new SendResult.Rejected(
              inWords() + " cannot use its KMS key: check the key's state and policy");
      case "InvalidSourceException" ->
          new SendResult.Rejected(
              inWords() + " takes only what CloudWatch Logs sends: switch its decompression off");
      case "InvalidArgumentException", "ValidationException" ->
          new SendResult.Rejected(inWords() + " finds the batch invalid");
      default -> general;
    };
  }
}
