package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.REQUEST_ID;
import static dev.logshipper.sink.loki.LokiFixture.TIME;
import static dev.logshipper.sink.loki.LokiFixture.TIME_NANOS;
import static dev.logshipper.sink.loki.LokiFixture.batch;
import static dev.logshipper.sink.loki.LokiFixture.in;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sandbox.destination.loki.LokiEntry;
import dev.logshipper.sandbox.destination.loki.LokiStream;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The content of a push, in each format.
class PushTest {
  private LokiDestination server;

  @BeforeEach
  void start() {
    server = LokiFixture.startLoki();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void pushIsOneRequestInTheFormatOfLoki() throws Exception {
    send("protobuf", LokiFixture.line("hello"));

    ReceivedRequest request = server.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/loki/api/v1/push");
    assertThat(request.header("Content-Type")).contains("application/x-protobuf");
    assertThat(request.header("Content-Encoding")).isEmpty();
    assertThat(request.header("Authorization")).contains("Bearer t0ken");
    assertThat(request.header("X-Scope-OrgID")).isEmpty();
    LokiStream stream = server.streams().getFirst();
    assertThat(stream.labels())
        .isEqualTo(Map.of("application", "shop", "environment", "prod", "lambda", "function"));
    assertThat(stream.entries()).hasSize(1);
    assertThat(stream.entries().getFirst().nanos()).isEqualTo(TIME_NANOS);
    assertThat(stream.entries().getFirst().line()).isEqualTo("hello");
    assertThat(stream.entries().getFirst().metadata()).isEqualTo(Map.of("request_id", REQUEST_ID));
  }

  @Test
  void jsonIsWrittenAsInLokisManual() throws Exception {
    send("json", LokiFixture.line("a \"b\"\n"), record("{\"a\":1}", "platform.start"));

    ReceivedRequest request = server.requests().getFirst();
    assertThat(request.header("Content-Type")).contains("application/json");
    assertThat(request.bodyText())
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

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json", "json-gzip"})
  void theTenantIsStructuredMetadata(String format) throws Exception {
    send(
        format,
        LokiFixture.line("a").withTenantId("acme"),
        record("b", "function").withTenantId("acme"),
        LokiFixture.line("c"));

    assertThat(server.streams().getFirst().entries())
        .<Map<String, String>>extracting(LokiEntry::metadata)
        .containsExactly(
            Map.of("request_id", REQUEST_ID, "tenant_id", "acme"),
            Map.of("tenant_id", "acme"),
            Map.of("request_id", REQUEST_ID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json", "json-gzip"})
  void fieldsAreStructuredMetadata(String format) throws Exception {
    Map<String, String> fields = Map.of("user.id", "a \"b\"", "request_id", "mine");
    send(format, LokiFixture.line("a").withFields(fields), LokiFixture.line("b"));

    assertThat(server.streams()).hasSize(1);
    assertThat(server.streams().getFirst().entries())
        .<Map<String, String>>extracting(LokiEntry::metadata)
        .containsExactly(
            Map.of("request_id", REQUEST_ID, "user_id", "a \"b\""),
            Map.of("request_id", REQUEST_ID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json", "json-gzip"})
  void aWrappedLineIsThePlainLine(String format) throws Exception {
    String other = "{\"timestamp\":\"t\",\"level\":\"INFO\",\"message\":{\"a\":1}}";
    send(
        format,
        wrapped("{\"timestamp\":\"t\",\"level\":\"INFO\",\"message\":\"a\\nb\"}"),
        wrapped(other));

    assertThat(server.lines()).containsExactly("a\nb", other);
    assertThat(server.streams().getFirst().entries().getFirst().metadata())
        .isEqualTo(Map.of("request_id", REQUEST_ID));
  }

  private static LogRecord wrapped(String json) {
    return LogRecord.json(TIME, "function", REQUEST_ID, json.getBytes(UTF_8));
  }

  @Test
  void compressedJsonHasItsContentEncoding() throws Exception {
    send("json-gzip", LokiFixture.line("hello"));

    assertThat(server.requests().getFirst().header("Content-Encoding")).contains("gzip");
    assertThat(server.lines()).containsExactly("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json", "json-gzip"})
  void functionPlatformAndExtensionAreSeparateStreams(String format) throws Exception {
    send(
        format,
        record("1", "function"),
        record("2", "platform.start"),
        record("3", "function"),
        record("4", "extension"),
        record("5", "platform.report"));

    assertThat(server.streams())
        .extracting(stream -> stream.labels().get("lambda"))
        .containsExactly("function", "platform", "extension");
    assertThat(server.streams())
        .extracting(stream -> lines(stream.entries()))
        .containsExactly(List.of("1", "3"), List.of("2", "5"), List.of("4"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json", "json-gzip"})
  void textsAreUnchanged(String format) throws Exception {
    String[] texts = {
      "", " ", "a\r\n", "\n", "\u0000\u0001\u007f", "\"quoted\" \\", "é€😀", "x".repeat(5_000)
    };
    try (LokiFixture loki = fixture("PUSHER_LOKI_FORMAT", format)) {
      loki.sink.send(batch("b-1", texts), in(20_000));
    }

    assertThat(server.lines()).containsExactly(texts);
  }

  @Test
  void jsonLogsAndPlatformEventsAreTheirJson() throws Exception {
    String logged = "{\"level\":\"INFO\",\"message\":\"hi\"}";
    String report = "{\"requestId\":\"r\",\"metrics\":{\"durationMs\":1.5}}";
    send("protobuf", record(logged, "function"), record(report, "platform.report"));

    assertThat(server.lines()).containsExactly(logged, report);
    assertThat(server.streams().get(1).labels()).containsEntry("lambda", "platform");
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void requestIdIsMetadataIfThereIsOneAndNeverALabel(String format) throws Exception {
    send(
        format,
        LokiFixture.line("with"),
        LogRecord.text(TIME, "function", null, utf8("without")),
        LogRecord.text(TIME, "function", "", utf8("with an empty one")));

    assertThat(server.streams()).hasSize(1);
    assertThat(server.streams().getFirst().entries())
        .extracting(entry -> Map.copyOf(entry.metadata()))
        .containsExactly(Map.of("request_id", REQUEST_ID), Map.of(), Map.of());
    assertThat(server.streams().getFirst().labels()).doesNotContainValue(REQUEST_ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void metadataCanBeSwitchedOff(String format) throws Exception {
    try (LokiFixture loki =
        fixture("PUSHER_LOKI_FORMAT", format, "PUSHER_LOKI_STRUCTURED_METADATA", "false")) {
      loki.sink.send(batch("b-1", "hello"), in(20_000));
    }

    assertThat(entries()).singleElement().matches(entry -> entry.metadata().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"262144, 1", "262145, 2", "524288, 2", "524289, 3"})
  void longLineIsSplitWithoutLosingOrAddingAByte(int bytes, int parts) throws Exception {
    String line = "x".repeat(bytes);
    send("protobuf", LokiFixture.line(line), LokiFixture.line("next"));

    List<LokiEntry> entries = entries();
    assertThat(entries).hasSize(parts + 1);
    assertThat(String.join("", lines(entries))).isEqualTo(line + "next");
    assertThat(entries).allMatch(part -> part.line().length() <= 262_144);
    assertThat(entries).allMatch(part -> part.metadata().containsValue(REQUEST_ID));
    assertAscendingWithin(entries, TIME_NANOS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void longLineIsNotSplitWithinACharacter(int before) throws Exception {
    // Bytes before a row of characters of four, so that the limit falls into one of them.
    String line = "x".repeat(before) + "😀".repeat(70_000);
    try (LokiFixture loki = fixture()) {
      loki.sink.send(batch("b-1", line), in(20_000));

      assertThat(loki.output.lines())
          .containsExactly("log-shipper: loki: lines over Loki's limit are split into several");
    }

    List<LokiEntry> entries = entries();
    assertThat(entries).hasSize(2);
    assertThat(entries.getFirst().line().getBytes(UTF_8)).hasSize(262_140 + before);
    assertThat(String.join("", lines(entries))).isEqualTo(line);
  }

  @Test
  void longJsonIsSplitToo() throws Exception {
    String json = "[\"" + "x".repeat(300_000) + "\"]";
    send("json", record(json, "function"));

    assertThat(entries()).hasSize(2);
    assertThat(String.join("", server.lines())).isEqualTo(json);
  }

  @Test
  void largestBatchStaysNearItsLimitOnTheWire() throws Exception {
    try (LokiFixture loki = fixture("PUSHER_LOKI_FORMAT", "json")) {
      int overhead = loki.sink.limits().recordOverheadBytes();
      int records = loki.sink.limits().recordsMax();
      String[] lines = new String[records];
      Arrays.fill(lines, "x".repeat(loki.sink.limits().bytesMax() / records - overhead));

      assertThat(loki.sink.send(batch("b-1", lines), in(20_000))).isEqualTo(SendResult.DELIVERED);
    }

    assertThat(server.lines()).hasSize(10_000);
    assertThat(server.requests().getFirst().body().length).isLessThan(2 * 1024 * 1024);
  }

  private static void assertAscendingWithin(List<LokiEntry> entries, long millisecondNanos) {
    long previous = millisecondNanos - 1;
    for (LokiEntry entry : entries) {
      assertThat(entry.nanos()).isGreaterThan(previous).isLessThan(millisecondNanos + 1_000_000);
      previous = entry.nanos();
    }
  }

  private void send(String format, LogRecord... records) throws Exception {
    try (LokiFixture loki = fixture("PUSHER_LOKI_FORMAT", format)) {
      assertThat(loki.sink.send(batch("b-1", List.of(records)), in(20_000)))
          .isEqualTo(SendResult.DELIVERED);
    }
  }

  /// The entries of the only stream.
  private List<LokiEntry> entries() {
    assertThat(server.streams()).hasSize(1);
    return server.streams().getFirst().entries();
  }

  private static List<String> lines(List<LokiEntry> entries) {
    return entries.stream().map(LokiEntry::line).toList();
  }

  private static LogRecord record(String json, String type) {
    return LogRecord.json(TIME, type, null, utf8(json));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private LokiFixture fixture(String... environment) {
    return new LokiFixture(server.url(), environment);
  }
}
