package dev.logshipper.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogRecordTest {
  private static final String TIME = "2026-11-21T10:15:30.123Z";

  @ParameterizedTest
  @ValueSource(
      strings = {
        TIME,
        "2026-11-21T10:15:30Z",
        "2026-11-21T10:15:30.123456Z",
        "2026-02-30T10:15:30.123Z",
        "yesterday",
        ""
      })
  void timeIsExactlyAsThePlatformWroteIt(String time) {
    assertThat(LogRecord.text(time, "function", null, utf8("x")).time()).isEqualTo(time);
  }

  @Test
  void timeInMillisecondsIsZeroForWhatIsNoTime() {
    assertThat(text("x").epochMillis()).isEqualTo(1_795_256_130_123L);
    assertThat(LogRecord.text("yesterday", "function", null, utf8("x")).epochMillis()).isZero();
  }

  @Test
  void textIsWrittenAsItIsAndAsAJsonString() throws IOException {
    LogRecord record = text("say \"hé\"\n");
    assertThat(record.isJson()).isFalse();
    assertThat(record.text()).isEqualTo("say \"hé\"\n");
    assertThat(record.sizeBytes()).isEqualTo(10);
    assertThat(written(record::writeTo)).isEqualTo("say \"hé\"\n");
    assertThat(written(record::writeJsonTo)).isEqualTo("\"say \\\"hé\\\"\\n\"");
    assertThat(written(record::writeJsonStringTo)).isEqualTo("\"say \\\"hé\\\"\\n\"");
  }

  @Test
  void jsonIsWrittenAsItIsAndOnDemandAsAString() throws IOException {
    LogRecord record = LogRecord.json(TIME, "platform.start", "r-1", utf8("{\"a\": 1}"));
    assertThat(record.isJson()).isTrue();
    assertThat(written(record::writeTo)).isEqualTo("{\"a\": 1}");
    assertThat(written(record::writeJsonTo)).isEqualTo("{\"a\": 1}");
    assertThat(written(record::writeJsonStringTo)).isEqualTo("\"{\\\"a\\\": 1}\"");
  }

  @Test
  void jsonOfSeveralLinesIsWrittenAsAValueOnOne() throws IOException {
    LogRecord record = LogRecord.json(TIME, "function", null, utf8("{\r\n\"a\":\n1}\n"));
    assertThat(written(record::writeTo)).isEqualTo("{\r\n\"a\":\n1}\n");
    assertThat(written(record::writeJsonTo)).isEqualTo("{  \"a\": 1} ");
  }

  @Test
  void requestIdIsThereWhenItIsKnown() {
    assertThat(text("x").requestId()).isEmpty();
    assertThat(LogRecord.text(TIME, "function", "r-1", utf8("x")).requestId()).contains("r-1");
  }

  @Test
  void toStringShowsNoContent() {
    LogRecord record = LogRecord.text(TIME, "function", "r-1", utf8("hunter2"));
    assertThat(record).hasToString("function record of 7 bytes");
  }

  private interface Writing {
    void to(ByteArrayOutputStream out) throws IOException;
  }

  private static String written(Writing writing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writing.to(out);
    return out.toString(UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "function, function",
    "platform.start, platform",
    "platform.runtimeDone, platform",
    "extension, extension",
    "new.kind.of, new",
    "'', ''"
  })
  void theCategoryIsTheTypeBeforeTheDot(String type, String category) {
    assertThat(LogRecord.text(TIME, type, null, new byte[0]).category()).isEqualTo(category);
  }

  private static LogRecord text(String text) {
    return LogRecord.text(TIME, "function", null, utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
