package dev.logshipper.sink.s3;

import static dev.logshipper.sink.s3.S3Fixture.batch;
import static dev.logshipper.sink.s3.S3Fixture.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class S3SinkTest {
  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  @Test
  void objectIsWhatTheLogsApiGaveOneJsonObjectALine() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.answer(200);
      LogRecord text = line("2026-11-21T10:15:30.123Z", "say \"hi\"\n\u00e9");
      LogRecord json =
          LogRecord.json(
              "2026-11-21T10:15:30.1234567Z",
              "platform.start",
              "r1",
              "{\"requestId\": \"r1\"}".getBytes(UTF_8));

      assertThat(s3.send(new Batch("b-1", List.of(text, json)))).isEqualTo(SendResult.DELIVERED);

      RecordedRequest request = s3.request();
      assertThat(request.getMethod()).isEqualTo("PUT");
      assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/x-ndjson");
      assertThat(request.getHeaders().get("Content-Encoding")).isNull();
      assertThat(S3Fixture.text(request))
          .isEqualTo(
              """
              {"time":"2026-11-21T10:15:30.123Z","type":"function","record":"say \\"hi\\"\\n\u00e9"}
              {"time":"2026-11-21T10:15:30.1234567Z","type":"platform.start","record":{"requestId": "r1"}}
              """);
    }
  }

  @Test
  void recordsThatSwellAsJsonLeaveInAsManyObjectsAsTheyNeed() throws Exception {
    String line = "\u0001".repeat(800_000);
    try (S3Fixture s3 = new S3Fixture()) {
      s3.answer(200);
      SendResult result = s3.send(batch("b-1", line, "short", line, "last"));

      assertThat(result).isEqualTo(new SendResult.Progress(2));
      assertThat(S3Fixture.text(s3.request()).lines()).hasSize(2);
    }
  }

  @Test
  void aRecordThatAloneIsTooLargeAsJsonIsAnObject() throws Exception {
    String line = "\u0001".repeat(1_500_000);
    try (S3Fixture s3 = new S3Fixture()) {
      s3.answer(200);
      assertThat(s3.send(batch("b-1", line))).isEqualTo(SendResult.DELIVERED);
    }
  }

  @Test
  void keyIsThatOfTheReplacedExtension() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.answer(200);
      SendResult _ = s3.send();

      assertThat(s3.request().getTarget())
          .matches("/logs/2026-11-21-" + UUID + "/hello-1795256130123-" + UUID + "\\.log");
    }
  }

  @Test
  void sameBatchHasTheSameKeyAndBytesAndAnotherOneAnotherKey() throws Exception {
    try (S3Fixture s3 = new S3Fixture("PUSHER_S3_COMPRESSION", "gzip")) {
      s3.refuse(503, "SlowDown");
      s3.answer(200);
      s3.answer(200);
      SendResult _ = s3.send(batch("b-1", "x"));
      SendResult _ = s3.send(batch("b-1", "x"));
      SendResult _ = s3.send(batch("b-2", "x"));

      RecordedRequest first = s3.request();
      RecordedRequest repeated = s3.request();
      assertThat(repeated.getTarget()).isEqualTo(first.getTarget());
      assertThat(repeated.getBody()).isEqualTo(first.getBody());
      assertThat(s3.request().getTarget()).isNotEqualTo(first.getTarget());
    }
  }

  @Test
  void gzipIsAFileOfThatTypeAndNoEncodingOfAnother() throws Exception {
    try (S3Fixture s3 = new S3Fixture("PUSHER_S3_COMPRESSION", "gzip")) {
      s3.answer(200);
      SendResult _ = s3.send(batch("b-1", "x".repeat(10_000)));

      RecordedRequest request = s3.request();
      assertThat(request.getTarget()).endsWith(".log.gz");
      assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/gzip");
      assertThat(request.getHeaders().get("Content-Encoding")).isNull();
      byte[] compressed = S3Fixture.body(request);
      assertThat(compressed.length).isLessThan(500);
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
        assertThat(new String(in.readAllBytes(), UTF_8)).contains("x".repeat(10_000));
      }
    }
  }

  @Test
  void requestIsSignedAsAWholeWithoutPiecesOrQuestions() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.answer(200);
      SendResult _ = s3.send();

      RecordedRequest request = s3.request();
      assertThat(request.getHeaders().get("Authorization"))
          .contains("AKIAHUSH/", "/eu-west-1/s3/aws4_request", "x-amz-security-token");
      assertThat(request.getHeaders().get("X-Amz-Security-Token")).isEqualTo("hushhush");
      assertThat(request.getHeaders().get("x-amz-content-sha256")).matches("[0-9a-f]{64}");
      assertThat(request.getHeaders().names())
          .doesNotContain("Expect", "x-amz-decoded-content-length", "x-amz-trailer");
    }
  }

  @Test
  void ownerKeyAndClassAreHeaders() throws Exception {
    try (S3Fixture s3 =
        new S3Fixture(
            "PUSHER_S3_BUCKET_OWNER", "123456789012",
            "PUSHER_S3_KMS_KEY_ID", "alias/logs",
            "PUSHER_S3_STORAGE_CLASS", "Standard_IA")) {
      s3.answer(200);
      SendResult _ = s3.send();

      RecordedRequest request = s3.request();
      assertThat(request.getHeaders().get("x-amz-expected-bucket-owner")).isEqualTo("123456789012");
      assertThat(request.getHeaders().get("x-amz-server-side-encryption")).isEqualTo("aws:kms");
      assertThat(request.getHeaders().get("x-amz-server-side-encryption-aws-kms-key-id"))
          .isEqualTo("alias/logs");
      assertThat(request.getHeaders().get("x-amz-storage-class")).isEqualTo("STANDARD_IA");
    }
  }

  @Test
  void overMidnightABatchIsFiledUnderItsOwnDay() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      s3.answer(200);
      s3.answer(200);
      SendResult _ =
          s3.send(
              new Batch(
                  "b-1",
                  List.of(
                      line("2026-12-31T23:59:59.999Z", "old year"),
                      line("2027-01-01T00:00:00.000Z", "new year"))));
      SendResult _ = s3.send(new Batch("b-2", List.of(line("2027-01-01T00:00:00.000Z", "x"))));

      assertThat(s3.request().getTarget())
          .startsWith("/logs/2026-12-31-")
          .contains("-1798761599999-");
      assertThat(s3.request().getTarget()).startsWith("/logs/2027-01-01-");
    }
  }

  @Test
  void serverThatNeverAnswersIsGivenUpAfterTheTimeoutLongBeforeTheDeadline() throws Exception {
    try (S3Fixture s3 = new S3Fixture("PUSHER_S3_TIMEOUT_SEC", "1")) {
      long startNanos = System.nanoTime();
      SendResult result = s3.send();

      assertThat(result).isInstanceOf(SendResult.Retry.class);
      assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(ofSeconds(10));
    }
  }

  @Test
  void toStringNamesBucketAndPlace() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      assertThat(s3.sink).hasToString("s3 sink to bucket logs (" + s3.url() + ")");
    }
  }
}
