package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.batch;
import static dev.logshipper.sink.loki.LokiFixture.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sandbox.destination.loki.LokiEntry;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The result of a send for each response.
class ResponsesTest {
  private LokiDestination server;

  @BeforeEach
  void start() {
    server = LokiFixture.startLoki();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void successIsDelivered(int status) throws Exception {
    assertThat(resultOf(status, "")).isEqualTo(SendResult.DELIVERED);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void temporaryErrorIsRetried(int status) throws Exception {
    assertThat(resultOf(status, "you sent hush"))
        .isInstanceOfSatisfying(
            SendResult.Retry.class,
            retry -> assertThat(retry.reason()).isEqualTo("127.0.0.1 returned " + status));
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "empty ring",
        "at least 2 live replicas required, could only find 1",
        "too many unhealthy instances in the ring",
        "rpc error: code = Unavailable desc = transport is closing"
      })
  void lokiThatIsNotReadyIsBusy(String text) throws Exception {
    assertThat(resultOf(500, text))
        .isEqualTo(SendResult.busy(Duration.ZERO, "127.0.0.1 returned 500"));
  }

  @Test
  void missingLabelsAreNamed() throws Exception {
    SendResult result = resultOf(400, "stream '{}' is missing required labels 'team'");

    assertThat(((SendResult.Rejected) result).reason()).contains("set LOKI_EXTRA_LABELS");
  }

  @Test
  void retryAfterIsPassedOn() throws Exception {
    server.respondNext(ScriptedResponse.status(429).retryAfterSeconds(7));
    try (LokiFixture loki = fixture()) {
      SendResult result = loki.sink.send(batch("b-1", "x"), in(20_000));

      assertThat(((SendResult.Retry) result).after()).isEqualTo(Duration.ofSeconds(7));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "260, ingestion is blocked for this tenant",
    "301, LOKI_ENDPOINT_URL",
    "401, PUSHER_LOKI_TENANT",
    "403, LOKI_BEARER_TOKEN",
    "404, LOKI_ENDPOINT_URL",
    "413, a line exceeds its limits",
    "415, PUSHER_LOKI_FORMAT",
    "422, LOKI_ENDPOINT_URL"
  })
  void permanentErrorIsRejectedWithAHint(int status, String hint) throws Exception {
    SendResult result = resultOf(status, "you sent hush with t0ken");

    assertThat(((SendResult.Rejected) result).reason())
        .contains(Integer.toString(status), hint)
        .doesNotContain("hush", "t0ken");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void throttledLineIsKeptEvenIfItExceedsTheLimitOfASecond() throws Exception {
    String text =
        "Ingestion rate limit exceeded for user fake (limit: 3 bytes/sec) while attempting to"
            + " ingest '1' lines totaling '4' bytes";

    assertThat(resultOf(429, text)).isInstanceOf(SendResult.Retry.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void rejectedMetadataIsOmittedFromThenOn(String format) throws Exception {
    server.respondNext(
        ScriptedResponse.status(400)
            .body("stream '{}' includes structured metadata, but this feature is disallowed."));
    try (LokiFixture loki = fixture("PUSHER_LOKI_FORMAT", format)) {
      SendResult first = loki.sink.send(batch("b-1", "x"), in(20_000));
      SendResult again = loki.sink.send(batch("b-1", "x"), in(20_000));
      SendResult next = loki.sink.send(batch("b-2", "y"), in(20_000));

      assertThat(first).isInstanceOf(SendResult.Retry.class);
      assertThat(List.of(again, next)).containsOnly(SendResult.DELIVERED);
      assertThat(loki.output.lines())
          .containsExactly(
              "log-shipper: loki: 127.0.0.1 rejected structured metadata; lines are sent without"
                  + " the request id");
    }
    assertThat(server.streams().getFirst().entries())
        .extracting(LokiEntry::line, entry -> entry.metadata().isEmpty())
        .containsExactly(tuple("x", true), tuple("y", true));
  }

  @Test
  void rejectionOfMetadataThatWasNotSentIsFinal() throws Exception {
    server.respondNext(ScriptedResponse.status(400).body("structured metadata"));
    try (LokiFixture loki = fixture("PUSHER_LOKI_STRUCTURED_METADATA", "false")) {
      assertThat(loki.sink.send(batch("b-1", "x"), in(20_000)))
          .isInstanceOf(SendResult.Rejected.class);
    }
  }

  @Test
  void ownTimeoutEndsASendBeforeTheDeadline() throws Exception {
    server.respondNext(ScriptedResponse.hang());
    try (LokiFixture loki = fixture("PUSHER_LOKI_TIMEOUT_SEC", "1")) {
      Deadline deadline = in(20_000);

      assertThat(loki.sink.send(batch("b-1", "x"), deadline)).isInstanceOf(SendResult.Retry.class);
      assertThat(deadline.remaining()).isGreaterThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void toStringNamesTheHostAndNoPath() {
    try (LokiFixture loki = new LokiFixture("https://logs.example.com:8443/secret-path?k=v")) {
      assertThat(loki.sink).hasToString("loki sink to https://logs.example.com:8443");
    }
  }

  @Test
  void closeIsIdempotentAndNeedsNoSend() {
    LokiFixture loki = fixture();

    loki.close();
    loki.close();

    assertThat(server.requests()).isEmpty();
  }

  private SendResult resultOf(int status, String body) throws Exception {
    server.respondNext(ScriptedResponse.status(status).body(body));
    try (LokiFixture loki = fixture()) {
      return loki.sink.send(batch("b-1", "hush"), in(20_000));
    }
  }

  private LokiFixture fixture(String... environment) {
    return new LokiFixture(server.url(), environment);
  }
}
