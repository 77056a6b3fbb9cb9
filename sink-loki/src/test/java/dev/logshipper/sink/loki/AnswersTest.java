package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.batch;
import static dev.logshipper.sink.loki.LokiFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each answer means.
class AnswersTest {
  private static final String IGNORED =
      "entry with timestamp 2026-11-21 ignored, reason: 'entry too far behind, entry timestamp is:"
          + " hush',\nuser 'fake', total ignored: 2 out of 3 for stream: {application=\"shop\"}";

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
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
  void whatMayPassIsWorthARetry(int status) throws Exception {
    assertThat(resultOf(status, "you sent hush"))
        .isEqualTo(SendResult.retry(server.getHostName() + " returned " + status));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void waitThatTheServerAsksForIsPassedOn() throws Exception {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "7").build());
    try (LokiFixture loki = fixture()) {
      SendResult result = loki.sink.send(batch("b-1", "x"), in(20_000));

      assertThat(((SendResult.Retry) result).after()).isEqualTo(Duration.ofSeconds(7));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "260, it takes nothing from this tenant now",
    "301, LOKI_ENDPOINT_URL",
    "401, PUSHER_LOKI_TENANT",
    "403, LOKI_BEARER_TOKEN",
    "404, LOKI_ENDPOINT_URL",
    "413, a line is too large",
    "415, PUSHER_LOKI_FORMAT",
    "422, LOKI_ENDPOINT_URL"
  })
  void whatWillNotPassIsRejectedWithARemedy(int status, String remedy) throws Exception {
    SendResult result = resultOf(status, "you sent hush with t0ken");

    assertThat(((SendResult.Rejected) result).reason())
        .contains(Integer.toString(status), remedy)
        .doesNotContain("hush", "t0ken");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void partialAcceptanceIsRefusedOnceWithNoWordOfTheServer() throws Exception {
    answer(400, IGNORED);
    answer(400, IGNORED);
    try (LokiFixture loki = fixture()) {
      String host = server.getHostName();
      SendResult expected =
          new SendResult.Rejected(
              host
                  + " returned 400: lines are too far behind the newest of their stream; of a push"
                  + " it may have stored the rest");

      assertThat(loki.sink.send(batch("b-1", "hush", "x", "y"), in(20_000))).isEqualTo(expected);
      assertThat(loki.sink.send(batch("b-2", "hush", "x", "y"), in(20_000))).isEqualTo(expected);
      assertThat(server.getRequestCount()).isEqualTo(2);
      assertThat(loki.said.lines())
          .containsExactly(
              "log-shipper: loki: "
                  + host
                  + " says that it ignored 2 of 3 lines and has the others; all are counted as"
                  + " refused. This is said once");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "entry for stream '{}' has timestamp too old: 2026, lines are older than it takes",
    "'reason: ''entry out of order''', lines are older than the newest of their stream",
    "entry for stream '{}' has timestamp too new, lines are ahead of its clock",
    "Max entry size '262144' bytes exceeded, lines are longer than it takes",
    "entry for stream '{}' has 16 label names; limit 15, its limits do not allow these labels",
    "stream '{}' has label name too long: 'x', its limits do not allow these labels",
    "stream '{}' has label value too long, its limits do not allow these labels",
    "couldn't parse labels: 1:2: parse error, it cannot read the labels",
    "Error parsing labels '{' with error, it cannot read the labels",
    "snappy: corrupt input, it finds lines invalid",
    "'', it finds lines invalid"
  })
  void causeIsToldInWordsOfOurs(String text, String words) {
    assertThat(new Refusal(text).cause()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "'total ignored: 1 out of 2 for stream: {}', 1, 2",
    "'total ignored: 1 out of 2\ntotal ignored: 3 out of 30', 4, 32"
  })
  void numbersOfIgnoredLinesAreAddedUp(String text, long lines, long all) {
    assertThat(new Refusal(text).ignored()).contains(new Refusal.Ignored(lines, all));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "total ignored: ",
        "total ignored: many out of more",
        "total ignored: 3",
        "total ignored: 3 out of 2",
        "total ignored: 0 out of 2",
        "total ignored: -1 out of 2"
      })
  void numbersThatMakeNoSenseAreLeftOut(String text) {
    assertThat(new Refusal(text).ignored()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Ingestion rate limit exceeded for user 7 (limit: 100 bytes/sec), 101, true",
    "Ingestion rate limit exceeded for user 7 (limit: 100 bytes/sec), 100, false",
    "Ingestion rate limit exceeded for user 7, 101, false",
    "Per stream rate limit exceeded (limit: 3MB/sec), 101, false"
  })
  void pushOfMoreThanASecondIsTold(String limit, int bytes, boolean more) {
    String text = limit + " while attempting to ingest '2' lines totaling '" + bytes + "' bytes";

    assertThat(new Refusal(text).namesMoreThanASecond()).isEqualTo(more);
  }

  @Test
  void throttledLineIsKeptEvenIfItIsMoreThanASecond() throws Exception {
    String text =
        "Ingestion rate limit exceeded for user fake (limit: 3 bytes/sec) while attempting to"
            + " ingest '1' lines totaling '4' bytes";

    assertThat(resultOf(429, text)).isInstanceOf(SendResult.Retry.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void refusedMetadataIsLeftOutFromThenOn(String format) throws Exception {
    answer(400, "stream '{}' includes structured metadata, but this feature is disallowed.");
    answer(204, "");
    answer(204, "");
    try (LokiFixture loki = fixture("PUSHER_LOKI_FORMAT", format)) {
      SendResult first = loki.sink.send(batch("b-1", "x"), in(20_000));
      SendResult again = loki.sink.send(batch("b-1", "x"), in(20_000));
      SendResult next = loki.sink.send(batch("b-2", "y"), in(20_000));

      assertThat(first).isInstanceOf(SendResult.Retry.class);
      assertThat(List.of(again, next)).containsOnly(SendResult.DELIVERED);
      assertThat(loki.said.lines())
          .containsExactly(
              "log-shipper: loki: "
                  + server.getHostName()
                  + " refuses structured metadata; lines go without the request id");
    }
    Pushed first = Pushed.in(server.takeRequest()).getFirst();
    Pushed again = Pushed.in(server.takeRequest()).getFirst();
    assertThat(first.metadata()).isNotEmpty();
    assertThat(again.metadata()).isEmpty();
    assertThat(again.nanos()).isEqualTo(first.nanos());
    assertThat(Pushed.in(server.takeRequest()).getFirst().metadata()).isEmpty();
  }

  @Test
  void refusalOfMetadataThatWasNotSentIsFinal() throws Exception {
    answer(400, "structured metadata");
    try (LokiFixture loki = fixture("PUSHER_LOKI_STRUCTURED_METADATA", "false")) {
      assertThat(loki.sink.send(batch("b-1", "x"), in(20_000)))
          .isInstanceOf(SendResult.Rejected.class);
    }
  }

  @Test
  void ownTimeoutEndsASendBeforeTheDeadline() throws Exception {
    try (LokiFixture loki = fixture("PUSHER_LOKI_TIMEOUT_SEC", "1")) {
      Deadline deadline = in(20_000);

      // The server answers what is enqueued, and nothing is.
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
  void closeCanBeRepeatedAndNeedsNoSend() {
    LokiFixture loki = fixture();

    loki.close();
    loki.close();

    assertThat(server.getRequestCount()).isZero();
  }

  private SendResult resultOf(int status, String body) throws Exception {
    answer(status, body);
    try (LokiFixture loki = fixture()) {
      return loki.sink.send(batch("b-1", "hush"), in(20_000));
    }
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private LokiFixture fixture(String... environment) {
    return new LokiFixture(server.url("/").toString(), environment);
  }
}
