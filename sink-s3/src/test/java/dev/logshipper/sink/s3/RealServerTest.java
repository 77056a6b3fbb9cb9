package dev.logshipper.sink.s3;

import static dev.logshipper.sink.s3.S3Fixture.batch;
import static dev.logshipper.sink.s3.S3Fixture.in;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.testkit.CapturedOutput;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// Against a real S3 server, which checks signatures. It starts empty, so the first test finds no
/// bucket.
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealServerTest {
  private static S3Server server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = new S3Server(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @Order(1)
  void bucketIsCreatedAndRepeatedSendsWriteOneObject() throws Exception {
    try (Sink sink = sink()) {
      assertThat(sink.send(batch("b-1", "one", "tw\u00f6"), in(30_000)))
          .isEqualTo(new SendResult.Progress(0));
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThat(sink.send(batch("b-1", "one", "tw\u00f6"), in(30_000)))
            .isEqualTo(SendResult.DELIVERED);
      }
    }
    assertThat(server.keys()).hasSize(1);
    String key = server.keys().getFirst();
    assertThat(key).startsWith("2026-11-21-").endsWith(".log");
    ResponseBytes<GetObjectResponse> object = server.read(key);
    assertThat(object.response().contentType()).isEqualTo("application/x-ndjson");
    assertThat(object.asUtf8String())
        .isEqualTo(
            """
            {"time":"2026-11-21T10:15:30.123Z","type":"function","record":"one"}
            {"time":"2026-11-21T10:15:30.123Z","type":"function","record":"tw\u00f6"}
            """);
  }

  @Test
  @Order(2)
  void unusualKeysAndLargeBodiesArriveComplete() throws Exception {
    String large = "\u00e9\"\\\n".repeat(1_000_000);
    try (Sink sink =
        sink("PUSHER_S3_KEY", "odd +&@:,$=!'()*; /{file}.log", "PUSHER_S3_COMPRESSION", "gzip")) {
      assertThat(sink.send(batch("b-1", large), in(30_000))).isEqualTo(SendResult.DELIVERED);
    }
    String key = server.keys().stream().filter(k -> k.startsWith("odd ")).findFirst().orElseThrow();
    assertThat(key).startsWith("odd +&@:,$=!'()*; /").endsWith(".log.gz");
    ResponseBytes<GetObjectResponse> object = server.read(key);
    assertThat(object.response().contentType()).isEqualTo("application/gzip");
    assertThat(object.response().contentEncoding()).isNullOrEmpty();
    try (GZIPInputStream in = new GZIPInputStream(object.asInputStream())) {
      assertThat(new String(in.readAllBytes(), UTF_8))
          .endsWith("\"record\":\"" + "\u00e9\\\"\\\\\\n".repeat(1_000_000) + "\"}\n");
    }
  }

  @Test
  void wrongSecretIsRejectedAndNotShown() throws Exception {
    try (Sink sink = sink("AWS_SECRET_ACCESS_KEY", "wrong-secret")) {
      assertThat(sink.send(batch("b-1", "x"), in(30_000)))
          .isInstanceOf(SendResult.Rejected.class)
          .asString()
          .contains("403 SignatureDoesNotMatch: check AWS_ACCESS_KEY_ID")
          .doesNotContain("wrong-secret");
    }
  }

  @Test
  void unknownKeyIsRejected() throws Exception {
    try (Sink sink = sink("AWS_ACCESS_KEY_ID", "AKIANOBODY")) {
      assertThat(sink.send(batch("b-1", "x"), in(30_000)))
          .isInstanceOf(SendResult.Rejected.class)
          .asString()
          .contains("403 InvalidAccessKeyId");
    }
  }

  private static Sink sink(String... environment) {
    Map<String, String> variables = new HashMap<>(server.environment());
    S3Fixture.put(variables, environment);
    return S3Fixture.open(variables, new CapturedOutput());
  }
}
