package dev.logshipper.sink.kinesis;

import static dev.logshipper.sink.kinesis.KinesisFixture.batch;
import static dev.logshipper.sink.kinesis.KinesisFixture.batchOfRecords;
import static dev.logshipper.sink.kinesis.KinesisFixture.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The outcome of a call that Firehose accepts, wholly or in part.
class PutResultTest {
  private static final String STREAM = "delivery stream logs-to_s3.v1 in eu-west-1";
  private static final String THROTTLED = STREAM + " rejected records: throttled or unavailable";

  private final KinesisFixture kinesis = new KinesisFixture();

  @AfterEach
  void close() {
    kinesis.close();
  }

  @Test
  void onlyRejectedRecordsRemain() throws Exception {
    kinesis.server.respondNext(kinesis.server.failing(1, 3));

    assertThat(kinesis.send(batchOfRecords(5))).isEqualTo(partial(THROTTLED, 1, 3));
  }

  @Test
  void rejectedRecordCoversAllOfItsLines() throws Exception {
    kinesis.server.respondNext(kinesis.server.failing(1));
    String[] lines = new String[1_200];
    Arrays.fill(lines, "x");

    assertThat(kinesis.send(batch(lines)))
        .isEqualTo(partial(THROTTLED, IntStream.range(500, 1_000).toArray()));
  }

  @Test
  void remainderArrivesInOrderWithTheNextAttempts() throws Exception {
    kinesis.server.respondNext(kinesis.server.failing(0, 2, 3), kinesis.server.failing(1));
    Batch batch = batchOfRecords(5);
    List<String> ids = new ArrayList<>(List.of(batch.id()));
    while (kinesis.send(batch) instanceof SendResult.Partial partial) {
      batch = batch.remainder(partial.retry());
      ids.add(batch.id());
    }

    assertThat(ids).containsExactly("b-1", "b-1.1", "b-1.2");
    assertThat(kinesis.server.lines())
        .extracting(line -> line.charAt(line.indexOf("message") + 10))
        .containsExactly('1', '4', '0', '3', '2');
  }

  @Test
  void rejectionOfAllRecordsIsARetry() throws Exception {
    kinesis.server.respondNext(kinesis.server.failing(0, 1, 2));

    assertThat(kinesis.send(batchOfRecords(3)))
        .isEqualTo(SendResult.busy(Duration.ZERO, THROTTLED));
    assertThat(kinesis.server.requests()).hasSize(1);
  }

  @Test
  void rejectedPartSendsTheWholeLineAgain() throws Exception {
    kinesis.server.respondNext(kinesis.server.failing(3));

    assertThat(kinesis.send(batch("before", "x".repeat(1_024_000), "after")))
        .isEqualTo(partial(THROTTLED, 1));
  }

  @ParameterizedTest
  @CsvSource({"InternalFailure, internal failure", "hush, an error that its API does not list"})
  void errorOfARecordIsDescribedWithoutItsText(String code, String description) throws Exception {
    kinesis.server.respondNext(
        response(
            "{\"FailedPutCount\":1,\"RequestResponses\":[{\"ErrorCode\":\""
                + code
                + "\",\"ErrorMessage\":\"hush\"},{\"RecordId\":\"2\"}]}"));

    assertThat(kinesis.send(batchOfRecords(2)))
        .isEqualTo(partial(STREAM + " rejected records: " + description, 0));
  }

  @Test
  void batchLargerThanACallMakesProgress() throws Exception {
    // Each control character becomes six, which core cannot know.
    Batch batch =
        batch("\u0001".repeat(300_000), "\u0001".repeat(300_000), "\u0001".repeat(300_000));

    assertThat(kinesis.send(batch)).isEqualTo(new SendResult.Progress(2));
    assertThat(kinesis.send(batch.remainder(List.of(2)))).isEqualTo(SendResult.DELIVERED);
  }

  @Test
  void rejectedRecordsAndThoseBeyondTheCallRemainTogether() throws Exception {
    kinesis.server.respondNext(kinesis.server.failing(0));
    Batch batch =
        batch(
            "first" + "x".repeat(RecordShape.BYTES_TARGET),
            "\u0001".repeat(300_000),
            "\u0001".repeat(300_000),
            "\u0001".repeat(300_000));

    assertThat(kinesis.send(batch)).isEqualTo(partial(THROTTLED, 0, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"FailedPutCount\":0,\"RequestResponses\":[]}",
        "{\"FailedPutCount\":0,\"RequestResponses\":[{\"RecordId\":\"1\"}]}",
        "{\"FailedPutCount\":0,\"RequestResponses\":[{\"RecordId\":\"1\"},{\"RecordId\":\"2\"},{\"RecordId\":\"3\"}]}",
        "{\"FailedPutCount\":1,\"RequestResponses\":[{\"RecordId\":\"1\"},{\"RecordId\":\"2\"}]}",
        "{\"FailedPutCount\":0,\"RequestResponses\":[{\"RecordId\":\"1\"},{\"ErrorCode\":\"InternalFailure\"}]}",
        "{\"RequestResponses\":[{\"RecordId\":\"1\"},{\"RecordId\":\"2\"}]}",
        "{\"FailedPutCount\":0,\"RequestResponses\":[{\"RecordId\":\"1\"},{}]}",
        "{\"FailedPutCount\":1,\"RequestResponses\":[{\"RecordId\":\"1\"},{\"RecordId\":\"2\",\"ErrorCode\":\"InternalFailure\"}]}"
      })
  void responseThatDoesNotMatchTheRequestLeavesTheOutcomeUnknown(String json) throws Exception {
    kinesis.server.respondNext(response(json));

    assertThat(kinesis.send(batchOfRecords(2)))
        .isEqualTo(
            SendResult.busy(
                Duration.ZERO, STREAM + " returned a response that does not match the request"));
  }

  private static SendResult partial(String reason, int... retry) {
    return new SendResult.Partial(Arrays.stream(retry).boxed().toList(), List.of(), reason);
  }
}
