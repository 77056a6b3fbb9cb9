package dev.logshipper.sink.kinesis;

import dev.logshipper.client.aws.AwsAccess;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.kinesis.PackedBatch.PackedRecord;
import java.time.Duration;
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

/// A delivery stream of Firehose: one call per attempt, and the outcome as a [SendResult].
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

  /// @param recordCount number of log records in the batch
  SendResult put(PackedBatch packed, int recordCount, Deadline deadline)
      throws InterruptedException {
    PutRecordBatchRequest request = request(packed);
    FirehoseClient firehose = client();
    try {
      PutRecordBatchResponse response =
          access.call(() -> firehose.putRecordBatch(request), deadline);
      return new PutResultMapper(description()).map(response, packed, recordCount);
    } catch (TimeoutException late) {
      return access.classify(late);
    } catch (AwsServiceException error) {
      return classify(error);
    } catch (SdkException failure) {
      return access.classify(failure, "");
    }
  }

  /// Does everything that [#put] does except sending.
  void warmUp(PackedBatch packed, Deadline deadline) throws InterruptedException {
    PutRecordBatchRequest request = request(packed);
    access.warmUp(() -> client().putRecordBatch(request), deadline);
  }

  @Override
  public void close() {
    access.close();
  }

  @Override
  public String toString() {
    return description() + " at " + access;
  }

  private String description() {
    return "delivery stream " + name + " in " + access.region();
  }

  /// Built at the first send: the SDK is slow to load.
  private FirehoseClient client() {
    FirehoseClient built = client;
    if (built == null) {
      built = access.prepare(FirehoseClient.builder()).build();
      client = built;
    }
    return built;
  }

  private PutRecordBatchRequest request(PackedBatch packed) {
    List<Record> records = new ArrayList<>(packed.records().size());
    for (PackedRecord record : packed.records()) {
      records.add(Record.builder().data(record.data()).build());
    }
    return PutRecordBatchRequest.builder().deliveryStreamName(name).records(records).build();
  }

  /// Classifies the errors that `PutRecordBatch` lists; transient errors and those common to all
  /// services are classified for every service alike.
  private SendResult classify(AwsServiceException error) {
    SendResult general =
        access.classify(
            error, "firehose:PutRecordBatch (PutRecord alone is not enough) on " + description());
    if (general instanceof SendResult.Retry) {
      return general;
    }
    return switch (AwsAccess.code(error)) {
      case "ServiceUnavailableException" ->
          SendResult.busy(Duration.ZERO, description() + " is unavailable");
      case "ResourceNotFoundException" ->
          SendResult.rejectedByEndpoint(
              "there is no " + description() + ": check KINESIS_ENDPOINT / PUSHER_KINESIS_REGION");
      case "InvalidKMSResourceException" ->
          SendResult.rejectedByEndpoint(
              description() + " cannot use its KMS key: check the key's state and policy");
      case "InvalidSourceException" ->
          SendResult.rejectedByEndpoint(
              description()
                  + " accepts only data from CloudWatch Logs: switch its decompression off");
      case "InvalidArgumentException", "ValidationException" ->
          SendResult.rejected(description() + " rejected the batch as invalid");
      default -> general;
    };
  }
}
