package dev.logshipper.sink.kinesis;

import static dev.logshipper.sink.kinesis.KinesisFixture.STREAM;
import static dev.logshipper.sink.kinesis.KinesisFixture.batch;
import static dev.logshipper.sink.kinesis.KinesisFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.firehose.FirehoseDestination;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.testkit.Records;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KinesisSinkTest {

  @Test
  void batchIsPutAsLinesOfJsonInOneCall() throws Exception {
    try (KinesisFixture kinesis = new KinesisFixture()) {
      assertThat(kinesis.send(batch("a", "b"))).isEqualTo(SendResult.DELIVERED);

      assertThat(kinesis.server.requests()).hasSize(1);
      assertThat(kinesis.server.records(STREAM))
          .containsExactly(
              """
              {"timestamp":"2026-11-21T10:15:30.123Z","message":"a","log_type":"function"}
              {"timestamp":"2026-11-21T10:15:30.123Z","message":"b","log_type":"function"}
              """);
    }
  }

  @Test
  void singleDocumentPerRecordIsASetting() throws Exception {
    String[] lines = new String[1_200];
    Arrays.setAll(lines, i -> "line " + i);
    try (KinesisFixture kinesis =
        new KinesisFixture("PUSHER_KINESIS_PACKING", "single", "PUSHER_KINESIS_FORMAT", "")) {
      deliver(kinesis, batch(lines));

      assertThat(kinesis.server.records(STREAM))
          .hasSize(1_200)
          .allMatch(record -> record.indexOf('\n') == record.length() - 1);
      assertThat(kinesis.server.requests()).hasSize(3);
      assertThat(kinesis.server.lines().getLast()).contains("\"line 1199\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "413, '', <html>413 Request Entity Too Large</html>",
    "413, RequestEntityTooLargeException, too large",
    "400, InvalidArgumentException, Records size exceeds 4 MB limit",
    "400, ValidationException, Member must have length less than or equal to 1024000",
    "400, SerializationException, request too large"
  })
  void callThatIsTooLargeIsHalvedUntilItFitsAndStaysThatSmall(
      int status, String type, String message) throws Exception {
    String[] lines = new String[1_000];
    Arrays.setAll(lines, i -> "line " + i);
    try (KinesisFixture kinesis = new KinesisFixture()) {
      kinesis.server.respond(
          ScriptedResponse.computed(request ->
              request.body().length > 60_000
                  ? FirehoseDestination.exception(status, type, message)
                  : kinesis.server.respondTo(
                      request.method(), request.path(), request.headers(), request.body())));

      deliver(kinesis, batch(lines));
      int first = kinesis.server.requests().size();
      deliver(kinesis, batch(lines));

      assertThat(kinesis.server.lines()).hasSize(2_000);
      assertThat(kinesis.server.requests().subList(first, kinesis.server.requests().size()))
          .allMatch(request -> request.body().length <= 60_000);
      assertThat(kinesis.output.lines())
          .isNotEmpty()
          .allMatch(line -> line.contains("bytes as too large; sending at most"));
    }
  }

  @Test
  void onlyALineThatIsTooLargeAloneIsRejected() throws Exception {
    try (KinesisFixture kinesis = new KinesisFixture()) {
      kinesis.server.respond(
          ScriptedResponse.computed(request ->
              request.body().length > 10_000
                  ? ScriptedResponse.status(413)
                  : kinesis.server.respondTo(
                      request.method(), request.path(), request.headers(), request.body())));

      SendResult.Partial rejected =
          deliver(kinesis, batch("a", "b", "x".repeat(20_000), "c")).orElseThrow();

      assertThat(kinesis.server.lines()).hasSize(3);
      assertThat(rejected.reason()).contains("too large (a single record of 20076 bytes)");
    }
  }

  /// Sends as core does.
  ///
  /// @return the result with a rejected record, if any
  private static Optional<SendResult.Partial> deliver(KinesisFixture kinesis, Batch first)
      throws Exception {
    SendResult.Partial rejected = null;
    Batch batch = first;
    SendResult result = kinesis.send(batch);
    while (!(result instanceof SendResult.Delivered)) {
      if (result instanceof SendResult.Partial partial) {
        rejected = partial;
        batch = batch.remainder(partial.retry());
      } else {
        batch = batch.remainder(((SendResult.Progress) result).delivered());
      }
      result = kinesis.send(batch);
    }
    return Optional.ofNullable(rejected);
  }

  @Test
  void timeoutSettingEndsASendBeforeTheDeadline() throws Exception {
    try (KinesisFixture kinesis = new KinesisFixture("ED_PUSH_TIMEOUT_SEC", "1")) {
      kinesis.server.respondNext(ScriptedResponse.hang());
      Deadline deadline = in(20_000);

      assertThat(kinesis.sink.send(batch("x"), deadline)).isInstanceOf(SendResult.Retry.class);
      assertThat(deadline.remaining()).isGreaterThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void requestIsSignedForTheFunctionsRegion() throws Exception {
    try (KinesisFixture kinesis = new KinesisFixture()) {
      kinesis.send(batch("a"));

      ReceivedRequest request = kinesis.server.requests().getFirst();
      assertThat(request.header("Authorization").orElseThrow())
          .contains("Credential=AKIDEXAMPLE/", "/eu-west-1/firehose/aws4_request")
          .doesNotContain(KinesisFixture.SECRET);
      assertThat(request.header("X-Amz-Security-Token")).contains(KinesisFixture.TOKEN);
    }
  }

  @Test
  void regionSettingReplacesTheFunctionsRegion() throws Exception {
    try (KinesisFixture kinesis = new KinesisFixture("PUSHER_KINESIS_REGION", "us-east-2")) {
      kinesis.send(batch("a"));

      assertThat(kinesis.sink.toString()).contains("in us-east-2");
      assertThat(kinesis.server.requests().getFirst().header("Authorization").orElseThrow())
          .contains("/us-east-2/firehose/");
    }
  }

  @Test
  void enrichedFormIsTheDefault() throws Exception {
    try (KinesisFixture kinesis = new KinesisFixture("PUSHER_KINESIS_FORMAT", "")) {
      kinesis.send(batch("hush"));

      assertThat(kinesis.server.lines().getFirst())
          .startsWith("{\"cloud\":{\"resource_id\":\"arn:hello\",")
          .endsWith("\"message\":\"hush\"}");
    }
  }

  @Test
  void secondBatchReusesTheConnection() throws Exception {
    try (KinesisFixture kinesis = new KinesisFixture()) {
      kinesis.send(batch("a"));
      kinesis.send(batch("b"));

      assertThat(kinesis.server.requests())
          .extracting(ReceivedRequest::connectionId)
          .containsExactly(1, 1);
    }
  }

  @Test
  void largestBatchFitsIntoOneCall() throws Exception {
    try (KinesisFixture kinesis = new KinesisFixture()) {
      BatchLimits limits = kinesis.sink.limits();
      int records = limits.recordsMax();
      int bytes = limits.bytesMax() / records - limits.recordOverheadBytes();
      Batch full = new Batch("b", Collections.nCopies(records, Records.ofBytes(bytes)));

      assertThat(kinesis.send(full)).isEqualTo(SendResult.DELIVERED);
      assertThat(kinesis.server.lines()).hasSize(records);
    }
  }

  @Test
  void largestRecordFitsIntoOneCall() throws Exception {
    try (KinesisFixture kinesis = new KinesisFixture()) {
      BatchLimits limits = kinesis.sink.limits();
      int bytes = limits.recordBytesMax() - limits.recordOverheadBytes();

      assertThat(kinesis.send(new Batch("b", List.of(Records.ofBytes(bytes)))))
          .isEqualTo(SendResult.DELIVERED);
      assertThat(kinesis.server.lines()).hasSize(16);
    }
  }

  @Test
  void limitsAreConstant() {
    try (KinesisFixture kinesis = new KinesisFixture()) {
      assertThat(kinesis.sink.limits()).isSameAs(kinesis.sink.limits());
      assertThat(kinesis.sink.limits().recordBytesMax()).isEqualTo(2_000_000);
    }
  }

  @Test
  void toStringNamesTheStreamAndTheEndpoint() {
    try (KinesisFixture kinesis =
        new KinesisFixture(
            "AWS_ENDPOINT_URL_FIREHOSE", "https://me:s3cret@vpce.example.com:8443/x?y")) {
      assertThat(kinesis.sink)
          .hasToString(
              "kinesis sink to delivery stream logs-to_s3.v1 in eu-west-1"
                  + " at https://vpce.example.com:8443");
    }
  }

  @Test
  void closeCanBeRepeatedAndNeedsNoSend() {
    try (KinesisFixture kinesis = new KinesisFixture()) {
      kinesis.sink.close();
      kinesis.sink.close();

      assertThat(kinesis.server.requests()).isEmpty();
    }
  }

  @Test
  void deadlineThatHasPassedSendsNothing() throws Exception {
    try (KinesisFixture kinesis = new KinesisFixture()) {
      assertThat(kinesis.sink.send(batch("a"), in(-1))).isInstanceOf(SendResult.Retry.class);
      assertThat(kinesis.server.requests()).isEmpty();
    }
  }
}
