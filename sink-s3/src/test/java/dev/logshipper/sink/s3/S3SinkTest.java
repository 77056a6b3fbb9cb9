package dev.logshipper.sink.s3;

import static dev.logshipper.sink.s3.S3Fixture.batch;
import static dev.logshipper.sink.s3.S3Fixture.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.s3.S3Destination;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class S3SinkTest {
  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  @Test
  void objectHoldsTheEventsOfTheLogsApiOnePerLine() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      LogRecord text = line("2026-11-21T10:15:30.123Z", "say \"hi\"\n\u00e9");
      LogRecord json =
          LogRecord.json(
              "2026-11-21T10:15:30.1234567Z",
              "platform.start",
              "r1",
              "{\"requestId\": \"r1\"}".getBytes(UTF_8));

      assertThat(s3.send(new Batch("b-1", List.of(text, json)))).isEqualTo(SendResult.DELIVERED);

      ReceivedRequest request = s3.request(0);
      assertThat(request.method()).isEqualTo("PUT");
      assertThat(request.header("Content-Type")).contains("application/x-ndjson");
      assertThat(request.header("Content-Encoding")).isEmpty();
      assertThat(S3Fixture.text(request))
          .isEqualTo(
              """
              {"time":"2026-11-21T10:15:30.123Z","type":"function","record":"say \\"hi\\"\\n\u00e9"}
              {"time":"2026-11-21T10:15:30.1234567Z","type":"platform.start","record":{"requestId": "r1"}}
              """);
    }
  }

  @Test
  void anObjectHoldsOneTenantWhereItsKeyNamesTheTenant() throws Exception {
    List<LogRecord> lines =
        List.of(
            line("2026-11-21T10:15:30.123Z", "init"),
            line("2026-11-21T10:15:30.124Z", "a").withTenantId("acme"),
            line("2026-11-21T10:15:30.125Z", "b").withTenantId("acme"),
            line("2026-11-21T10:15:30.126Z", "c").withTenantId("blue"));
    for (String compression : List.of("gzip", "none")) {
      try (S3Fixture s3 =
          new S3Fixture("PUSHER_S3_KEY", "{tenant}/{file}", "PUSHER_S3_COMPRESSION", compression)) {
        Batch batch = new Batch("b-1", lines);

        assertThat(s3.send(batch)).isEqualTo(new SendResult.Progress(1));
        batch = batch.remainder(1);
        assertThat(s3.send(batch)).isEqualTo(new SendResult.Progress(2));
        batch = batch.remainder(2);
        assertThat(s3.send(batch)).isEqualTo(SendResult.DELIVERED);

        assertThat(s3.request(0).path()).contains("/_none/");
        assertThat(s3.request(1).path()).contains("/acme/");
        assertThat(s3.request(2).path()).contains("/blue/");
      }
    }
  }

  @Test
  void recordsThatExceedAnObjectAsJsonAreSplit() throws Exception {
    String line = "\u0001".repeat(800_000);
    try (S3Fixture s3 = new S3Fixture()) {
      SendResult result = s3.send(batch("b-1", line, "short", line, "last"));

      assertThat(result).isEqualTo(new SendResult.Progress(2));
      assertThat(S3Fixture.text(s3.request(0)).lines()).hasSize(2);
    }
  }

  @Test
  void recordThatAloneExceedsTheLimitAsJsonIsOneObject() throws Exception {
    String line = "\u0001".repeat(1_500_000);
    try (S3Fixture s3 = new S3Fixture()) {
      assertThat(s3.send(batch("b-1", line))).isEqualTo(SendResult.DELIVERED);
    }
  }

  @Test
  void keyEqualsThatOfTheReplacedExtension() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      SendResult _ = s3.send();

      assertThat(s3.request(0).path())
          .matches("/logs/2026-11-21-" + UUID + "/hello-1795256130123-" + UUID + "\\.log");
    }
  }

  @Test
  void batchHasTheSameKeyAndBytesInEachAttempt() throws Exception {
    try (S3Fixture s3 = new S3Fixture("PUSHER_S3_COMPRESSION", "gzip")) {
      s3.server.respondNext(S3Destination.slowDown());
      SendResult _ = s3.send(batch("b-1", "x"));
      SendResult _ = s3.send(batch("b-1", "x"));
      SendResult _ = s3.send(batch("b-2", "x"));

      ReceivedRequest first = s3.request(0);
      ReceivedRequest repeated = s3.request(1);
      assertThat(repeated.path()).isEqualTo(first.path());
      assertThat(repeated.body()).isEqualTo(first.body());
      assertThat(s3.request(2).path()).isNotEqualTo(first.path());
    }
  }

  @Test
  void gzipIsAContentTypeAndNoContentEncoding() throws Exception {
    try (S3Fixture s3 = new S3Fixture("PUSHER_S3_COMPRESSION", "gzip")) {
      SendResult _ = s3.send(batch("b-1", "x".repeat(10_000)));

      ReceivedRequest request = s3.request(0);
      assertThat(request.path()).endsWith(".log.gz");
      assertThat(request.header("Content-Type")).contains("application/gzip");
      assertThat(request.header("Content-Encoding")).isEmpty();
      byte[] compressed = request.body();
      assertThat(compressed.length).isLessThan(500);
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
        assertThat(new String(in.readAllBytes(), UTF_8)).contains("x".repeat(10_000));
      }
    }
  }

  @Test
  void requestIsSignedWithoutChunksOrExpectContinue() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      SendResult _ = s3.send();

      ReceivedRequest request = s3.request(0);
      assertThat(request.header("Authorization").orElseThrow())
          .contains("AKIAHUSH/", "/eu-west-1/s3/aws4_request", "x-amz-security-token");
      assertThat(request.header("X-Amz-Security-Token")).contains("hushhush");
      assertThat(request.header("x-amz-content-sha256").orElseThrow()).matches("[0-9a-f]{64}");
      assertThat(request.headers())
          .doesNotContainKeys("Expect", "x-amz-decoded-content-length", "x-amz-trailer");
    }
  }

  @Test
  void ownerKeyAndStorageClassAreHeaders() throws Exception {
    try (S3Fixture s3 =
        new S3Fixture(
            "PUSHER_S3_BUCKET_OWNER", "123456789012",
            "PUSHER_S3_KMS_KEY_ID", "alias/logs",
            "PUSHER_S3_STORAGE_CLASS", "Standard_IA")) {
      SendResult _ = s3.send();

      ReceivedRequest request = s3.request(0);
      assertThat(request.header("x-amz-expected-bucket-owner")).contains("123456789012");
      assertThat(request.header("x-amz-server-side-encryption")).contains("aws:kms");
      assertThat(request.header("x-amz-server-side-encryption-aws-kms-key-id"))
          .contains("alias/logs");
      assertThat(request.header("x-amz-storage-class")).contains("STANDARD_IA");
    }
  }

  @Test
  void keyHasTheDayOfTheFirstRecord() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      SendResult _ =
          s3.send(
              new Batch(
                  "b-1",
                  List.of(
                      line("2026-12-31T23:59:59.999Z", "old year"),
                      line("2027-01-01T00:00:00.000Z", "new year"))));
      SendResult _ = s3.send(new Batch("b-2", List.of(line("2027-01-01T00:00:00.000Z", "x"))));

      assertThat(s3.request(0).path()).startsWith("/logs/2026-12-31-").contains("-1798761599999-");
      assertThat(s3.request(1).path()).startsWith("/logs/2027-01-01-");
    }
  }

  @Test
  void silentServerIsAbandonedAtTheTimeoutBeforeTheDeadline() throws Exception {
    try (S3Fixture s3 = new S3Fixture("PUSHER_S3_TIMEOUT_SEC", "1")) {
      s3.server.respondNext(ScriptedResponse.hang());
      long startNanos = System.nanoTime();
      SendResult result = s3.send();

      assertThat(result).isInstanceOf(SendResult.Retry.class);
      assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(ofSeconds(10));
    }
  }

  @Test
  void toStringNamesBucketAndEndpoint() throws Exception {
    try (S3Fixture s3 = new S3Fixture()) {
      assertThat(s3.sink).hasToString("s3 sink to bucket logs (" + s3.url() + ")");
    }
  }
}
