package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.REQUEST_ID;
import static dev.logshipper.sink.loki.LokiFixture.TIME;
import static dev.logshipper.sink.loki.LokiFixture.TIME_NANOS;
import static dev.logshipper.sink.loki.LokiFixture.batch;
import static dev.logshipper.sink.loki.LokiFixture.in;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a push holds, in each form.
class PushTest {
  private static final String FUNCTION_LABELS =
      "{application=\"shop\", environment=\"prod\", lambda=\"function\"}";
  private static final String PLATFORM_LABELS =
      "{application=\"shop\", environment=\"prod\", lambda=\"platform\"}";

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void pushIsOneRequestOfTheFormThatLokiTakes() throws Exception {
    send("protobuf", LokiFixture.line("hello"));

    RecordedRequest request = server.takeRequest();
    Headers headers = request.getHeaders();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getTarget()).isEqualTo("/loki/api/v1/push");
    assertThat(headers.get("Content-Type")).isEqualTo("application/x-protobuf");
    assertThat(headers.get("Content-Encoding")).isNull();
    assertThat(headers.get("Authorization")).isEqualTo("Bearer t0ken");
    assertThat(headers.get("X-Scope-OrgID")).isNull();
    assertThat(Pushed.in(request))
        .containsExactly(
            new Pushed(FUNCTION_LABELS, TIME_NANOS, "hello", Map.of("request_id", REQUEST_ID)));
  }

  @Test
  void jsonIsWrittenAsLokisManualShowsIt() throws Exception {
    send("json", LokiFixture.line("a \"b\"\n"), record("{\"a\":1}", "platform.start"));

    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(requireNonNull(request.getBody()).utf8())
        .isEqualTo(
            """
            {"streams":[\
            {"stream":{"application":"shop","environment":"prod","lambda":"function"},\
            "values":[["1795256130123000000","a \\"b\\"\\n",{"request_id":"%s"}]]},\
            {"stream":{"application":"shop","environment":"prod","lambda":"platform"},\
            "values":[["1795256130123000001","{\\"a\\":1}"]]}]}\
            """
                .formatted(REQUEST_ID));
  }

  @Test
  void compressedJsonSaysSo() throws Exception {
    send("json-gzip", LokiFixture.line("hello"));

    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("Content-Encoding")).isEqualTo("gzip");
    assertThat(Pushed.lines(Pushed.in(request))).containsExactly("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json", "json-gzip"})
  void functionPlatformAndExtensionAreStreamsOfTheirOwn(String format) throws Exception {
    send(
        format,
        record("1", "function"),
        record("2", "platform.start"),
        record("3", "function"),
        record("4", "extension"),
        record("5", "platform.report"));

    List<Pushed> pushed = Pushed.in(server.takeRequest());
    assertThat(Pushed.lines(pushed)).containsExactly("1", "3", "2", "5", "4");
    assertThat(pushed.get(0).labels()).isEqualTo(pushed.get(1).labels()).contains("function");
    assertThat(pushed.get(2).labels()).isEqualTo(pushed.get(3).labels()).contains("platform");
    assertThat(pushed.get(4).labels()).contains("extension");
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json", "json-gzip"})
  void textsArriveAsTheyWere(String format) throws Exception {
    String[] texts = {
      "", " ", "a\r\n", "\n", "\u0000\u0001\u007f", "\"quoted\" \\", "é€😀", "x".repeat(5_000)
    };
    try (LokiFixture loki = fixture("PUSHER_LOKI_FORMAT", format)) {
      answer(204);
      loki.sink.send(batch("b-1", texts), in(20_000));
    }

    assertThat(Pushed.lines(Pushed.in(server.takeRequest()))).containsExactly(texts);
  }

  @Test
  void jsonOfAFunctionAndReportsOfThePlatformAreTheirJson() throws Exception {
    String logged = "{\"level\":\"INFO\",\"message\":\"hi\"}";
    String report = "{\"requestId\":\"r\",\"metrics\":{\"durationMs\":1.5}}";
    send("protobuf", record(logged, "function"), record(report, "platform.report"));

    List<Pushed> pushed = Pushed.in(server.takeRequest());
    assertThat(Pushed.lines(pushed)).containsExactly(logged, report);
    assertThat(pushed.get(1).labels()).isEqualTo(PLATFORM_LABELS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void requestIdIsMetadataOfTheLinesThatHaveOneAndNeverALabel(String format) throws Exception {
    send(
        format,
        LokiFixture.line("with"),
        LogRecord.text(TIME, "function", null, utf8("without")),
        LogRecord.text(TIME, "function", "", utf8("with an empty one")));

    List<Pushed> pushed = Pushed.in(server.takeRequest());
    assertThat(pushed.get(0).metadata()).isEqualTo(Map.of("request_id", REQUEST_ID));
    assertThat(pushed.get(1).metadata()).isEmpty();
    assertThat(pushed.get(2).metadata()).isEmpty();
    assertThat(pushed.get(0).labels()).doesNotContain(REQUEST_ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void metadataCanBeSwitchedOff(String format) throws Exception {
    try (LokiFixture loki =
        fixture("PUSHER_LOKI_FORMAT", format, "PUSHER_LOKI_STRUCTURED_METADATA", "false")) {
      answer(204);
      loki.sink.send(batch("b-1", "hello"), in(20_000));
    }

    assertThat(Pushed.in(server.takeRequest()).getFirst().metadata()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"262144, 1", "262145, 2", "524288, 2", "524289, 3"})
  void longLineBecomesSeveralWithoutAByteLostOrAdded(int bytes, int parts) throws Exception {
    String line = "x".repeat(bytes);
    send("protobuf", LokiFixture.line(line), LokiFixture.line("next"));

    List<Pushed> pushed = Pushed.in(server.takeRequest());
    assertThat(pushed).hasSize(parts + 1);
    assertThat(String.join("", Pushed.lines(pushed))).isEqualTo(line + "next");
    assertThat(pushed).allMatch(part -> part.line().length() <= 262_144);
    assertThat(pushed).allMatch(part -> part.metadata().containsValue(REQUEST_ID));
    assertAscendingWithin(pushed, TIME_NANOS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void longLineIsNotCutWithinACharacter(int before) throws Exception {
    // Bytes before a row of characters of four, so that the limit falls into one of them.
    String line = "x".repeat(before) + "😀".repeat(70_000);
    try (LokiFixture loki = fixture()) {
      answer(204);
      loki.sink.send(batch("b-1", line), in(20_000));

      assertThat(loki.said.lines())
          .containsExactly(
              "log-shipper: loki: a line longer than Loki takes is stored as several, one after"
                  + " the other");
    }

    List<Pushed> pushed = Pushed.in(server.takeRequest());
    assertThat(pushed).hasSize(2);
    assertThat(pushed.getFirst().line().getBytes(UTF_8)).hasSize(262_140 + before);
    assertThat(String.join("", Pushed.lines(pushed))).isEqualTo(line);
  }

  @Test
  void longJsonIsCutToo() throws Exception {
    String json = "[\"" + "x".repeat(300_000) + "\"]";
    send("json", record(json, "function"));

    List<Pushed> pushed = Pushed.in(server.takeRequest());
    assertThat(pushed).hasSize(2);
    assertThat(String.join("", Pushed.lines(pushed))).isEqualTo(json);
  }

  @Test
  void largestBatchStaysNearItsLimitOnTheWire() throws Exception {
    try (LokiFixture loki = fixture("PUSHER_LOKI_FORMAT", "json")) {
      int overhead = loki.sink.limits().recordOverheadBytes();
      int records = loki.sink.limits().recordsMax();
      String[] lines = new String[records];
      Arrays.fill(lines, "x".repeat(loki.sink.limits().bytesMax() / records - overhead));
      answer(204);

      assertThat(loki.sink.send(batch("b-1", lines), in(20_000))).isEqualTo(SendResult.DELIVERED);
    }

    RecordedRequest request = server.takeRequest();
    assertThat(Pushed.in(request)).hasSize(10_000);
    assertThat(requireNonNull(request.getBody()).size()).isLessThan(2 * 1024 * 1024);
  }

  private static void assertAscendingWithin(List<Pushed> pushed, long millisecondNanos) {
    long previous = millisecondNanos - 1;
    for (Pushed line : pushed) {
      assertThat(line.nanos()).isGreaterThan(previous).isLessThan(millisecondNanos + 1_000_000);
      previous = line.nanos();
    }
  }

  private void send(String format, LogRecord... records) throws Exception {
    answer(204);
    try (LokiFixture loki = fixture("PUSHER_LOKI_FORMAT", format)) {
      assertThat(loki.sink.send(batch("b-1", List.of(records)), in(20_000)))
          .isEqualTo(SendResult.DELIVERED);
    }
  }

  private static LogRecord record(String json, String type) {
    return LogRecord.json(TIME, type, null, utf8(json));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private void answer(int status) {
    server.enqueue(new MockResponse.Builder().code(status).build());
  }

  private LokiFixture fixture(String... environment) {
    return new LokiFixture(server.url("/").toString(), environment);
  }
}
