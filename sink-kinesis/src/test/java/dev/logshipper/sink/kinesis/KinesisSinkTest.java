package dev.logshipper.sink.kinesis;

import static dev.logshipper.sink.kinesis.KinesisFixture.batch;
import static dev.logshipper.sink.kinesis.KinesisFixture.batchOfRecords;
import static dev.logshipper.sink.kinesis.KinesisFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.testkit.Records;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KinesisSinkTest {
  private static final String WHERE = "delivery stream " + FirehoseApi.STREAM + " in eu-west-1";
  private static final String THROTTLED = WHERE + " rejected records: throttled or unavailable";

  private static final MockResponse HANGS =
      new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();

  private FakeFirehose firehose;

  @BeforeEach
  void start() throws IOException {
    firehose = new FakeFirehose();
  }

  @AfterEach
  void stop() {
    firehose.close();
  }

  @Test
  void batchIsPutAsLinesOfJsonInOneCall() throws Exception {
    try (KinesisFixture kinesis = fixture()) {
      assertThat(kinesis.send(batch("a", "b"))).isEqualTo(SendResult.DELIVERED);
    }

    assertThat(firehose.requests()).isEqualTo(1);
    assertThat(firehose.calls.getFirst().records()).hasSize(1);
    assertThat(firehose.storedLines())
        .containsExactly(
            "{\"timestamp\":\"2026-11-21T10:15:30.123Z\",\"message\":\"a\",\"log_type\":\"function\"}",
            "{\"timestamp\":\"2026-11-21T10:15:30.123Z\",\"message\":\"b\",\"log_type\":\"function\"}");
  }

  @Test
  void timeoutSettingEndsASendBeforeTheDeadline() throws Exception {
    firehose.answering(call -> HANGS);
    try (KinesisFixture kinesis = new KinesisFixture(firehose.url(), "ED_PUSH_TIMEOUT_SEC", "1")) {
      Deadline deadline = in(20_000);

      assertThat(kinesis.sink.send(batch("x"), deadline)).isInstanceOf(SendResult.Retry.class);
      assertThat(deadline.remaining()).isGreaterThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void requestIsSignedForTheFunctionsRegion() throws Exception {
    try (KinesisFixture kinesis = fixture()) {
      kinesis.send(batch("a"));
    }

    Headers headers = firehose.calls.getFirst().request().getHeaders();
    assertThat(headers.get("Authorization"))
        .contains("Credential=AKIDEXAMPLE/", "/eu-west-1/firehose/aws4_request")
        .doesNotContain(KinesisFixture.SECRET);
    assertThat(headers.get("X-Amz-Security-Token")).isEqualTo(KinesisFixture.TOKEN);
  }

  @Test
  void streamInAnotherRegionIsAskedThere() throws Exception {
    try (KinesisFixture kinesis = fixture("PUSHER_KINESIS_REGION", "us-east-2")) {
      kinesis.send(batch("a"));

      assertThat(kinesis.sink.toString()).contains("in us-east-2");
    }

    assertThat(firehose.calls.getFirst().request().getHeaders().get("Authorization"))
        .contains("/us-east-2/firehose/");
  }

  @Test
  void enrichedFormIsTheDefault() throws Exception {
    try (KinesisFixture kinesis = fixture("PUSHER_KINESIS_FORMAT", "")) {
      kinesis.send(batch("hush"));
    }

    assertThat(firehose.storedLines().getFirst())
        .startsWith("{\"cloud\":{\"resource_id\":\"arn:hello\",")
        .endsWith("\"message\":\"hush\"}");
  }

  @Test
  void secondBatchGoesOverTheSameConnection() throws Exception {
    try (KinesisFixture kinesis = fixture()) {
      kinesis.send(batch("a"));
      kinesis.send(batch("b"));
    }

    assertThat(firehose.calls)
        .extracting(call -> call.request().getExchangeIndex())
        .containsExactly(0, 1);
  }

  @Test
  void largestBatchOfCoreGoesInOneCall() throws Exception {
    try (KinesisFixture kinesis = fixture()) {
      int overhead = kinesis.sink.limits().recordOverheadBytes();
      int records = kinesis.sink.limits().recordsMax();
      int bytes = kinesis.sink.limits().bytesMax() / records - overhead;
      Batch full = new Batch("b", Collections.nCopies(records, Records.ofBytes(bytes)));

      assertThat(kinesis.send(full)).isEqualTo(SendResult.DELIVERED);
      assertThat(firehose.storedLines()).hasSize(records);
    }
  }

  @Test
  void largestRecordOfCoreGoesInOneCall() throws Exception {
    try (KinesisFixture kinesis = fixture()) {
      int bytes =
          kinesis.sink.limits().recordBytesMax() - kinesis.sink.limits().recordOverheadBytes();

      assertThat(kinesis.send(new Batch("b", List.of(Records.ofBytes(bytes)))))
          .isEqualTo(SendResult.DELIVERED);
      assertThat(firehose.storedLines()).hasSize(16);
    }
  }

  @Test
  void refusedRecordsAloneRemain() throws Exception {
    firehose.answering(firehose.failing("ServiceUnavailableException", 1, 3));
    try (KinesisFixture kinesis = fixture()) {
      assertThat(kinesis.send(batchOfRecords(5)))
          .isEqualTo(new SendResult.Partial(List.of(1, 3), List.of(), THROTTLED));
    }
  }

  @Test
  void refusedRecordStandsForAllOfItsLines() throws Exception {
    firehose.answering(firehose.failing("InternalFailure", 1));
    String[] lines = new String[1_200];
    Arrays.fill(lines, "x");
    try (KinesisFixture kinesis = fixture()) {
      assertThat(kinesis.send(batch(lines)))
          .isEqualTo(
              new SendResult.Partial(
                  IntStream.range(500, 1_000).boxed().toList(),
                  List.of(),
                  WHERE + " rejected records: internal failure"));
    }
  }

  @Test
  void whatRemainsArrivesInOrderWithTheNextAttempts() throws Exception {
    firehose.answering(
        firehose.failing("ServiceUnavailableException", 0, 2, 3),
        firehose.failing("ServiceUnavailableException", 1));
    try (KinesisFixture kinesis = fixture()) {
      Batch batch = batchOfRecords(5);
      List<String> ids = new ArrayList<>(List.of(batch.id()));
      while (kinesis.send(batch) instanceof SendResult.Partial partial) {
        batch = batch.remainder(partial.retry());
        ids.add(batch.id());
      }
      assertThat(ids).containsExactly("b-1", "b-1.1", "b-1.2");
    }

    assertThat(firehose.storedLines())
        .extracting(line -> line.charAt(line.indexOf("message") + 10))
        .containsExactly('1', '4', '0', '3', '2');
  }

  @Test
  void rejectionOfAllRecordsIsARetry() throws Exception {
    firehose.answering(firehose.failing("ServiceUnavailableException", 0, 1, 2));
    try (KinesisFixture kinesis = fixture()) {
      assertThat(kinesis.send(batchOfRecords(3)))
          .isEqualTo(SendResult.busy(Duration.ZERO, THROTTLED));
    }
    assertThat(firehose.requests()).isEqualTo(1);
  }

  @Test
  void rejectedPartSendsTheWholeLineAgain() throws Exception {
    firehose.answering(firehose.failing("ServiceUnavailableException", 3));
    try (KinesisFixture kinesis = fixture()) {
      assertThat(kinesis.send(batch("before", "x".repeat(1_024_000), "after")))
          .isEqualTo(new SendResult.Partial(List.of(1), List.of(), THROTTLED));
    }
  }

  @Test
  void unlistedErrorOfARecordIsNotRepeatedInWords() throws Exception {
    firehose.answering(firehose.failing("hush", 0));
    try (KinesisFixture kinesis = fixture()) {
      assertThat(kinesis.send(batchOfRecords(2)))
          .isEqualTo(
              new SendResult.Partial(
                  List.of(0),
                  List.of(),
                  WHERE + " rejected records: an error that its API does not list"));
    }
  }

  @Test
  void batchLargerThanACallMakesProgress() throws Exception {
    // Each control character becomes six, which core cannot know.
    Batch batch =
        batch("\u0001".repeat(300_000), "\u0001".repeat(300_000), "\u0001".repeat(300_000));
    try (KinesisFixture kinesis = fixture()) {
      assertThat(kinesis.send(batch)).isEqualTo(new SendResult.Progress(2));
      assertThat(kinesis.send(batch.remainder(List.of(2)))).isEqualTo(SendResult.DELIVERED);
    }
  }

  @Test
  void rejectedRecordsAndThoseBeyondTheCallRemainTogether() throws Exception {
    firehose.answering(firehose.failing("ServiceUnavailableException", 0));
    Batch batch =
        batch(
            "first" + "x".repeat(RecordPacker.RECORD_BYTES_TARGET),
            "\u0001".repeat(300_000),
            "\u0001".repeat(300_000),
            "\u0001".repeat(300_000));
    try (KinesisFixture kinesis = fixture()) {
      assertThat(kinesis.send(batch))
          .isEqualTo(new SendResult.Partial(List.of(0, 3), List.of(), THROTTLED));
    }
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
    firehose.answering(call -> FakeFirehose.answer(json));
    try (KinesisFixture kinesis = fixture()) {
      assertThat(kinesis.send(batchOfRecords(2)))
          .isEqualTo(
              SendResult.retry(WHERE + " returned a response that does not match the request"));
    }
  }

  @Test
  void limitsAreConstant() {
    try (KinesisFixture kinesis = fixture()) {
      assertThat(kinesis.sink.limits()).isSameAs(kinesis.sink.limits());
      assertThat(kinesis.sink.limits().recordBytesMax()).isEqualTo(2_000_000);
    }
  }

  @Test
  void toStringNamesTheStreamAndTheEndpoint() {
    try (KinesisFixture kinesis =
        new KinesisFixture("https://me:s3cret@vpce.example.com:8443/x?y")) {
      assertThat(kinesis.sink)
          .hasToString("kinesis sink to " + WHERE + " at https://vpce.example.com:8443");
    }
  }

  @Test
  void closeCanBeRepeatedAndNeedsNoSend() {
    KinesisFixture kinesis = fixture();

    kinesis.close();
    kinesis.close();

    assertThat(firehose.requests()).isZero();
  }

  @Test
  void deadlineThatHasPassedSendsNothing() throws Exception {
    try (KinesisFixture kinesis = fixture()) {
      assertThat(kinesis.sink.send(batch("a"), in(-1))).isInstanceOf(SendResult.Retry.class);
    }
    assertThat(firehose.requests()).isZero();
  }

  private KinesisFixture fixture(String... environment) {
    return new KinesisFixture(firehose.url(), environment);
  }
}
