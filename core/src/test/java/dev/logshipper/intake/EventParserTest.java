package dev.logshipper.intake;

import static dev.logshipper.testkit.Records.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {
  private static final String TIME = "2026-11-21T10:15:30.123Z";
  private final EventParser parser =
      new EventParser(Set.of("function", "platform", "extension"), false);

  @Test
  void aLineOfTextIsReadWithoutQuotesAndEscapes() {
    Parsed delivery = parse("[" + function("\"h\\u00e9 \\\"x\\\"\\n\"") + "]");
    LogRecord record = delivery.records().getFirst();
    assertThat(record.text()).isEqualTo("hé \"x\"\n");
    assertThat(record.isJson()).isFalse();
    assertThat(record.time()).isEqualTo(TIME);
    assertThat(record.type()).isEqualTo("function");
    assertThat(delivery.malformed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": [1, \"\\n\"]}", "null", "-1.5e3", "true", "[1, 2]", "[]", "{}"})
  void anyOtherValueIsReadVerbatim(String json) {
    LogRecord record = parse("[" + function(" " + json + " ") + "]").records().getFirst();
    assertThat(record.isJson()).isTrue();
    assertThat(record.text()).isEqualTo(json);
  }

  @Test
  void membersMayBeInAnyOrderAmongOthersAndWhiteSpace() {
    Parsed delivery =
        parse(
            " \r\n[\t{ \"record\" : \"a\" , \"new\" : {\"time\":1} , \"time\" : \""
                + TIME
                + "\" , \"type\" : \"function\" } \n] ");
    assertThat(texts(delivery.records())).containsExactly("a");
    assertThat(delivery.records().getFirst().time()).isEqualTo(TIME);
    assertThat(delivery.malformed()).isZero();
  }

  @Test
  void theLastOfDuplicateMembersCounts() {
    Parsed delivery =
        parse("[{\"type\":\"a\",\"record\":\"1\",\"type\":\"function\",\"record\":\"2\"}]");
    assertThat(texts(delivery.records())).containsExactly("2");
    assertThat(delivery.records().getFirst().type()).isEqualTo("function");
  }

  @ParameterizedTest
  @ValueSource(strings = {"platform.future", "audit", "Function"})
  void unknownTypesPassThrough(String type) {
    EventParser strict = new EventParser(Set.of("function", "platform"), false);
    byte[] body = utf8("[" + event(type, "\"x\"") + "]");
    assertThat(Parsed.of(strict, body, body.length).records())
        .extracting(LogRecord::type)
        .containsExactly(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"time\":null,", "\"time\":1795256130123,", "\"time\":[{}],"})
  void aLineWithoutAReadableTimeIsKept(String time) {
    LogRecord record =
        parse("[{" + time + "\"type\":\"function\",\"record\":\"a\"}]").records().getFirst();
    assertThat(record.time()).isEmpty();
    assertThat(record.epochMillis()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "1",
        "null",
        "[]",
        "\"text\"",
        "{\"type\":\"function\"}",
        "{\"record\":\"a\"}",
        "{\"type\":1,\"record\":\"a\"}",
        "{\"type\":\"\",\"record\":\"a\"}",
        "{\"type\":\"function\",\"record\":\"\\x\"}",
        "{\"type\":\"function\",\"record\":\"\\ud8\"}",
        "{\"type\":\"function\" \"record\":\"a\"}",
        "{\"type\":\"function\",\"record\"}",
        "{\"type\":\"function\",\"record\":}",
        "{1:2}"
      })
  void oneBadEventDoesNotAffectItsNeighbours(String bad) {
    Parsed delivery = parse("[" + function("\"a\"") + "," + bad + "," + function("\"b\"") + "]");
    assertThat(texts(delivery.records())).containsExactly("a", "b");
    assertThat(delivery.malformed()).isEqualTo(1);
  }

  @Test
  void nothingAfterABrokenStructureIsGuessed() {
    Parsed delivery = parse("[" + function("\"a\"") + " @ " + function("\"b\"") + "]");
    assertThat(texts(delivery.records())).containsExactly("a");
    assertThat(delivery.malformed()).isEqualTo(1);
  }

  @Test
  void aTruncatedArrayKeepsItsCompleteEvents() {
    String body = "[" + function("\"a\"") + "," + function("\"é😀\"") + "]";
    byte[] whole = utf8(body);
    int firstEnds = 1 + function("\"a\"").length();
    for (int length = 0; length < whole.length; length++) {
      Parsed delivery = Parsed.of(parser, whole, length);
      int complete = (length >= firstEnds ? 1 : 0) + (length == whole.length - 1 ? 1 : 0);
      assertThat(delivery.records()).as("%d bytes", length).hasSize(complete);
      assertThat(delivery.malformed()).as("%d bytes", length).isEqualTo(1);
    }
  }

  @Test
  void anEmptyArrayIsNotMalformed() {
    Parsed delivery = parse(" [ ] ");
    assertThat(delivery.records()).isEmpty();
    assertThat(delivery.malformed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{}", "null", "\"a\"", "[", "[]x", "[] []", "[,]", "]", "\0"})
  void aBodyThatIsNotAnArrayIsCountedOnce(String body) {
    Parsed delivery = parse(body);
    assertThat(delivery.records()).isEmpty();
    assertThat(delivery.malformed()).isEqualTo(1);
  }

  @Test
  void onlyTheBodyIsReadAndNoBytesOfAnEarlierOne() {
    byte[] buffer = utf8("[" + function("\"a\"") + "]" + function("\"b\"") + "]");
    Parsed delivery = Parsed.of(parser, buffer, 2 + function("\"a\"").length());
    assertThat(texts(delivery.records())).containsExactly("a");
    assertThat(delivery.malformed()).isZero();
  }

  @Test
  void recordsDoNotChangeWhenTheBodyIsUsedAgain() {
    byte[] body = utf8("[" + function("\"plain\"") + "," + function("{\"a\":1}") + "]");
    Parsed delivery = Parsed.of(parser, body, body.length);
    java.util.Arrays.fill(body, (byte) '#');
    assertThat(texts(delivery.records())).containsExactly("plain", "{\"a\":1}");
  }

  @Test
  void aLineThatLooksLikeAPlatformEventIsOnlyALine() {
    String text = "\"{\\\"type\\\":\\\"platform.runtimeDone\\\",\\\"requestId\\\":\\\"r\\\"}\"";
    String object = "{\"type\":\"platform.runtimeDone\",\"record\":{\"requestId\":\"r\"}}";
    Parsed delivery = parse("[" + function(text) + "," + function(object) + "]");
    assertThat(delivery.records()).hasSize(2);
    assertThat(delivery.completedRequestIds()).isEmpty();
  }

  @Test
  void theExtensionsOwnLinesAreNeitherShippedNorMalformed() {
    Parsed delivery =
        parse(
            "["
                + event("extension", "\"log-shipper: a request failed\\n\"")
                + ","
                + event(
                    "extension",
                    "{\"timestamp\":\"t\",\"level\":\"INFO\",\"message\":\"log-shipper: x\"}")
                + ","
                + event("extension", "\"log-shipper\"")
                + ","
                + event("extension", "\" log-shipper: x\"")
                + ","
                + event("extension", "\"another: log-shipper: x\"")
                + ","
                + function("\"log-shipper: said by the function\"")
                + "]");
    assertThat(texts(delivery.records()))
        .containsExactly(
            "log-shipper",
            " log-shipper: x",
            "another: log-shipper: x",
            "log-shipper: said by the function");
    assertThat(delivery.malformed()).isZero();
    assertThat(delivery.events()).isEqualTo(6);
  }

  @Test
  void unwantedPlatformEventsAreDroppedButEvaluated() {
    EventParser functionOnly = new EventParser(Set.of("function"), false);
    byte[] body =
        utf8(
            "["
                + event("platform.start", "{\"requestId\":\"r-1\"}")
                + ","
                + function("\"a\"")
                + ","
                + event("extension", "\"other\"")
                + ","
                + event("platform.logsDropped", "{\"droppedRecords\":3}")
                + ","
                + event("platform.runtimeDone", "{\"requestId\":\"r-1\"}")
                + "]");
    Parsed delivery = Parsed.of(functionOnly, body, body.length);
    assertThat(texts(delivery.records())).containsExactly("a");
    assertThat(delivery.records().getFirst().requestId()).contains("r-1");
    assertThat(delivery.startedRequestIds()).containsExactly("r-1");
    assertThat(delivery.completedRequestIds()).containsExactly("r-1");
    assertThat(delivery.requestIdsOfLostCompletions()).containsExactly("r-1");
    assertThat(delivery.droppedByPlatform()).isEqualTo(3);
    assertThat(delivery.malformed()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"droppedRecords\":123,\"droppedBytes\":9} | 123",
        "{\"droppedRecords\":-5} | 0",
        "{\"droppedRecords\":\"7\"} | 0",
        "{\"droppedRecords\":null} | 0",
        "{} | 0",
        "null | 0",
        "\"text\" | 0"
      })
  void recordsDroppedByThePlatformAreCountedAndTheReportIsKept(String record, long dropped) {
    Parsed delivery = parse("[" + event("platform.logsDropped", record) + "]");
    assertThat(delivery.droppedByPlatform()).isEqualTo(dropped);
    assertThat(delivery.records()).hasSize(1);
    assertThat(delivery.malformed()).isZero();
  }

  @Test
  void aLossUpstreamMayIncludeTheEndOfTheCurrentInvocation() {
    parse("[" + event("platform.start", "{\"requestId\":\"r-1\"}") + "]");
    Parsed delivery = parse("[" + event("platform.logsDropped", "{}") + "]");
    assertThat(delivery.requestIdsOfLostCompletions()).containsExactly("r-1");
    assertThat(delivery.completedRequestIds()).isEmpty();
  }

  private Parsed parse(String body) {
    byte[] bytes = utf8(body);
    return Parsed.of(parser, bytes, bytes.length);
  }

  private static String function(String record) {
    return event("function", record);
  }

  private static String event(String type, String record) {
    return "{\"time\":\"" + TIME + "\",\"type\":\"" + type + "\",\"record\":" + record + "}";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
