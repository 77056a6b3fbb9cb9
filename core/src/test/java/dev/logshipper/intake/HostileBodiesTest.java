package dev.logshipper.intake;

import static dev.logshipper.testkit.Records.texts;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.logshipper.sink.LogRecord;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that the platform would never send. Each is read in a time that grows with its length and
/// not faster, costs its neighbours nothing, and spoils no batch that it travels in.
class HostileBodiesTest {
  private static final int MEBIBYTE = 1024 * 1024;

  private final EventParser parser =
      new EventParser(Set.of("function", "platform", "extension"), false);

  @Test
  void aHundredThousandLevelsOfNestingAreARecord() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(theOneBetween(function(deep)).text()).isEqualTo(deep);
  }

  @Test
  void nestingThatNeverEndsIsMalformed() {
    Parsed parsed = parse("[" + function("\"a\"") + "," + "[".repeat(MEBIBYTE));
    assertThat(texts(parsed.records())).containsExactly("a");
    assertThat(parsed.malformed()).isEqualTo(1);
  }

  @Test
  void aNumberOfAMillionDigitsIsARecord() {
    String number = "9".repeat(MEBIBYTE);
    LogRecord record = theOneBetween(function(number));
    assertThat(record.isJson()).isTrue();
    assertThat(record.sizeBytes()).isEqualTo(MEBIBYTE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1e400 | 2147483647", "1e300 | 2147483647", "-1e400 | 0", "0.9 | 0", "1e3 | 1000"})
  void hugeNumbersOfDroppedRecordsDoNotOverflowTheCount(String number, long counted) {
    String event = event("platform.logsDropped", "{\"droppedRecords\":" + number + "}");
    assertThat(parse("[" + event + "]").droppedByPlatform()).isEqualTo(counted);
    assertThat(parse("[" + event + "," + event + "]").droppedByPlatform()).isEqualTo(2 * counted);
  }

  @Test
  void aNumberThatIsTooLongMakesOnlyItsEventMalformed() {
    String number = "1".repeat(MEBIBYTE);
    Parsed parsed = between(event("platform.logsDropped", "{\"droppedRecords\":" + number + "}"));
    assertThat(texts(parsed.records())).containsExactly("before", "after");
    assertThat(parsed.malformed()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[}",
        "{]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "nonsense",
        "007",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"requestId\":\"r-9\",}"
      })
  void almostJsonIsShippedAsText(String value) {
    LogRecord record = theOneBetween(function(value));
    assertThat(record.isJson()).isFalse();
    assertThat(record.text()).isEqualTo(value);
    assertThat(record.requestId()).isEmpty();
  }

  @Test
  void duplicateMembersOfALineAreKept() {
    String value = "{\"requestId\":\"r-1\",\"requestId\":\"r-2\"}";
    assertThat(theOneBetween(function(value)).text()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "ff, '\ufffd'",
    "c0af, '\ufffd'",
    "eda080, '\ufffd'",
    "f0808080, '\ufffd'",
    "61ff62fe, 'a\ufffdb\ufffd'",
    "fffefdfcfb, '\ufffd'",
    "c3a9c3, 'é\ufffd'"
  })
  void eachRunOfInvalidUtf8IsReplacedOnce(String hex, String text) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    String body = "[" + function("\"" + new String(bytes, ISO_8859_1) + "\"") + "]";
    byte[] raw = body.getBytes(ISO_8859_1);
    Parsed parsed = Parsed.of(parser, raw, raw.length);
    assertThat(texts(parsed.records())).containsExactly(text);
    assertThat(parsed.malformed()).isZero();
  }

  @Test
  void repairAtMostDoublesAText() {
    byte[] raw =
        ("[" + function("\"" + "a\u00ff".repeat(MEBIBYTE / 2) + "\"") + "]").getBytes(ISO_8859_1);
    LogRecord record = Parsed.of(parser, raw, raw.length).records().getFirst();
    assertThat(record.sizeBytes()).isEqualTo(2 * MEBIBYTE);
  }

  @ParameterizedTest
  @CsvSource({"\\ud800, \ufffd", "\\udc00x, \ufffdx", "\\ud83d\\ude00, 😀", "a\\u0000b, a\0b"})
  void escapedHalfSurrogatesAreReplacedAndNulIsKept(String escaped, String text) {
    assertThat(theOneBetween(function("\"" + escaped + "\"")).text()).isEqualTo(text);
  }

  @Test
  void aMebibyteOfTextIsARecord() {
    assertThat(theOneBetween(function("\"" + "\\n".repeat(MEBIBYTE) + "\"")).sizeBytes())
        .isEqualTo(MEBIBYTE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ufeff[EVENT]", "[EVENT][EVENT]", "[EVENT]x", "[EVENT]\0", "[EVENT],"})
  void bytesBeforeOrAfterTheArrayAreMalformed(String shape) {
    Parsed parsed = parse(shape.replace("EVENT", function("\"a\"")));
    assertThat(parsed.malformed()).isEqualTo(1);
    assertThat(parsed.records()).hasSize(shape.startsWith("[") ? 1 : 0);
  }

  @Test
  void aTimeThatIsTooLongIsIgnored() {
    String time = "2".repeat(41);
    LogRecord record =
        theOneBetween("{\"time\":\"" + time + "\",\"type\":\"function\",\"record\":\"x\"}");
    assertThat(record.time()).isEmpty();
  }

  @Test
  void aTypeThatIsTooLongIsMalformed() {
    assertThat(theOneBetween(event("t".repeat(64), "1")).type()).hasSize(64);
    assertThat(between(event("t".repeat(65), "1")).malformed()).isEqualTo(1);
  }

  @Test
  void aRequestIdThatIsTooLongIsIgnored() {
    assertThat(theOneBetween(function("{\"requestId\":\"" + "r".repeat(65) + "\"}")).requestId())
        .isEmpty();
  }

  @Test
  void typesAndInvocationsOfManyRecordsAreTheSameObjects() {
    String line = event("unknown", "{\"requestId\":\"r-1\"}");
    String start = event("platform.start", "{\"requestId\":\"r-1\"}");
    String json = function("{\"requestId\":\"r-1\"}");
    List<LogRecord> records =
        parse("[" + String.join(",", start, line, line, json, json) + "]").records();
    assertThat(records.get(1).type()).isSameAs(records.get(2).type());
    assertThat(records.get(3).requestId().orElseThrow())
        .isSameAs(records.get(4).requestId().orElseThrow());
  }

  @Test
  void tinyEventsArePassedOnAThousandAtATime() {
    String event = "{\"type\":\"a\",\"record\":1}";
    int count = RequestBody.BYTES_MAX / (event.length() + 1);
    Parsed parsed = parse("[" + event + ("," + event).repeat(count - 1) + "]");
    assertThat(parsed.records()).hasSize(count);
    assertThat(parsed.events()).isEqualTo(count);
    assertThat(parsed.pieces()).allSatisfy(p -> assertThat(p).hasSizeBetween(1, 1_000));
  }

  @Test
  void largeEventsArePassedOnSoonerAndInOrder() {
    StringBuilder body = new StringBuilder("[");
    for (int i = 0; i < 20; i++) {
      body.append(i == 0 ? "" : ",").append(function("\"" + i + "x".repeat(100_000) + "\""));
    }
    Parsed parsed = parse(body + "]");
    assertThat(parsed.pieces()).hasSize(7).allSatisfy(p -> assertThat(p).hasSizeBetween(1, 3));
    assertThat(texts(parsed.records()))
        .extracting(text -> text.replace("x", ""))
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(String::valueOf).toList());
  }

  @Test
  void onlyTheLastOfTooManyInvocationsAreReported() {
    StringBuilder body = new StringBuilder("[");
    for (int i = 0; i < 5_000; i++) {
      body.append(i == 0 ? "" : ",")
          .append(event("platform.runtimeDone", "{\"requestId\":\"r-" + i + "\"}"));
    }
    assertThat(parse(body + "]").completedRequestIds()).hasSize(2_000).endsWith("r-4999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[[[[[[[",
        "{\"record\":{\"a\":",
        "{\"type\":\"function\",\"record\":{\"x\":[{}]}},",
        "\\\\\\\"",
        "{\"type\":\"a\",\"type\":\"b\",",
        "\u00ff\u00fe",
        "9999",
        "        "
      })
  void theLargestBodyIsReadQuicklyWithAnyContent(String pattern) {
    String filler = pattern.repeat(RequestBody.BYTES_MAX / pattern.length());
    byte[] event = ("[" + filler).getBytes(ISO_8859_1);
    byte[] text = ("[" + function("\"" + filler + "\"") + "]").getBytes(ISO_8859_1);
    // A hundredth of it is usual. Were the time to grow with the square of the length, it would be
    // hours.
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          Parsed.of(parser, event, event.length);
          Parsed.of(parser, text, text.length);
        });
  }

  /// The record of an event between two others, which are not harmed.
  private LogRecord theOneBetween(String event) {
    Parsed parsed = between(event);
    assertThat(parsed.malformed()).isZero();
    assertThat(parsed.records()).hasSize(3);
    assertThat(parsed.records().getFirst().text()).isEqualTo("before");
    assertThat(parsed.records().getLast().text()).isEqualTo("after");
    return parsed.records().get(1);
  }

  private Parsed between(String event) {
    return parse("[" + function("\"before\"") + "," + event + "," + function("\"after\"") + "]");
  }

  private Parsed parse(String body) {
    return Parsed.of(parser, body);
  }

  private static String function(String record) {
    return event("function", record);
  }

  private static String event(String type, String record) {
    return "{\"type\":\"" + type + "\",\"record\":" + record + "}";
  }
}
