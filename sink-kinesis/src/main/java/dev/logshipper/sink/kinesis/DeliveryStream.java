package dev.logshipper.sink.kinesis;

import dev.logshipper.client.aws.AwsAccess;
import dev.logshipper.client.aws.AwsSizeError;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.kinesis.PackedBatch.PackedRecord;
import dev.logshipper.sink.support.SentPart;
import dev.logshipper.sink.support.SizeLimit;
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
  private final Diagnostics diagnostics;
  private final SizeLimit sizeLimit = new SizeLimit();
  private @Nullable FirehoseClient client;

  DeliveryStream(String name, AwsAccess access, Diagnostics diagnostics) {
    this.name = name;
    this.access = access;
    this.diagnostics = diagnostics;
  }

  /// Size of a call that Firehose, or a proxy before it, is known to accept.
  long bytesMax() {
    return sizeLimit.bytesMax();
  }

  SendResult put(PackedBatch packed, Deadline deadline) throws InterruptedException {
    PutRecordBatchRequest request = request(packed);
    FirehoseClient firehose = client();
    try {
      PutRecordBatchResponse response =
          access.call(() -> firehose.putRecordBatch(request), deadline);
      sizeLimit.accepted();
      return new PutResultMapper(description()).map(response, packed);
    } catch (TimeoutException late) {
      return access.classify(late);
    } catch (AwsServiceException error) {
      return isTooLarge(error) ? tooLarge(packed.part()) : packed.part().resultOf(classify(error));
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

  /// Firehose reports a size like any other invalid argument.
  private static boolean isTooLarge(AwsServiceException error) {
    String text = error.statusCode() == 400 ? error.getMessage() : null;
    return AwsSizeError.isIn(error)
        || (text != null
            && (text.contains("size limit") || text.contains("length less than or equal to")));
  }

  private SendResult tooLarge(SentPart part) {
    SendResult result = sizeLimit.tooLarge(part, description() + " rejected data as too large");
    if (result instanceof SendResult.Progress) {
      diagnostics.info(
          "kinesis: "
              + description()
              + " rejected a call of "
              + part.bytes()
              + " bytes as too large; sending at most "
              + sizeLimit.bytesMax());
    }
    return result;
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
