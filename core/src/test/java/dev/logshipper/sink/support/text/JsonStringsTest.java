package dev.logshipper.sink.support.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStringsTest {
  private static final String REPLACEMENT = "\ufffd";

  @Test
  void everyEscapeIsUndone() throws JsonException {
    assertThat(string("\\\"\\\\\\/\\b\\f\\n\\r\\t")).isEqualTo("\"\\/\b\f\n\r\t");
  }

  @Test
  void unicodeEscapesOfEachLengthAreUndone() throws JsonException {
    assertThat(string("\\u0041\\u00e9\\u20AC\\u0000")).isEqualTo("Aé€\0");
  }

  @Test
  void anEscapedSurrogatePairIsOneCharacter() throws JsonException {
    assertThat(string("a\\ud83d\\ude00b")).isEqualTo("a😀b");
    assertThat(string("\\ud800\\udc00")).isEqualTo(Character.toString(0x10000));
    assertThat(string("\\udbff\\udfff")).isEqualTo(Character.toString(0x10ffff));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "\\ude00", "\\ud83dx", "\\ud83d\\n", "x\\ud83d"})
  void halfASurrogatePairIsReplaced(String escaped) throws JsonException {
    assertThat(string(escaped)).contains(REPLACEMENT).doesNotContain("?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udbff", "\\udc00", "\\udfff"})
  void halfASurrogatePairIsReplacedOnce(String escaped) throws JsonException {
    assertThat(string(escaped)).isEqualTo(REPLACEMENT);
  }

  @Test
  void twoHighHalvesAreReplacedEach() throws JsonException {
    assertThat(string("\\ud83d\\ud83d\\ude00")).isEqualTo(REPLACEMENT + "😀");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\x", "\\u12", "\\u12g4", "\\u-001", "\\ué000", "\\ud83d\\u00", "\\'"})
  void whatIsNoEscapeIsRefused(String escaped) {
    assertThatThrownBy(() -> string(escaped)).isInstanceOf(JsonException.class);
  }

  @Test
  void controlCharactersAndNulPassThrough() throws JsonException {
    assertThat(string("a\0\1\n\t\u007fz")).isEqualTo("a\0\1\n\t\u007fz");
  }

  @ParameterizedTest
  @CsvSource({
    "'c0 af', 'overlong, two bytes'",
    "'c1 bf', 'overlong, two bytes'",
    "'e0 80 af', 'overlong, three bytes'",
    "'e0 9f bf', 'overlong, three bytes'",
    "'f0 80 80 af', 'overlong, four bytes'",
    "'f0 8f bf bf', 'overlong, four bytes'",
    "'ed a0 80', 'a high surrogate'",
    "'ed bf bf', 'a low surrogate'",
    "'f4 90 80 80', 'beyond Unicode'",
    "'f5 80 80 80', 'beyond Unicode'",
    "'ff', 'no lead byte'",
    "'80', 'a continuation without a lead'",
    "'c3', 'cut short'",
    "'e2 82', 'cut short'",
    "'f0 9f 98', 'cut short'",
    "'e2 28 a1', 'a wrong continuation'",
    "'f0 9f 28 80', 'a wrong continuation'"
  })
  void invalidUtf8IsReplaced(String hex, String what) throws JsonException {
    byte[] invalid = HexFormat.ofDelimiter(" ").parseHex(hex);
    for (String around : new String[] {"", "x", "\\n"}) {
      byte[] text = new JsonReader(quoted(around, invalid, around)).stringBytes();
      assertThat(text).as(what).asString(UTF_8).contains(REPLACEMENT);
      assertThat(new String(text, UTF_8).getBytes(UTF_8)).as(what).isEqualTo(text);
    }
  }

  @Test
  void anEscapeDoesNotCompleteACutSequence() throws JsonException {
    byte[] text = new JsonReader(quoted("", new byte[] {(byte) 0xc3}, "\\u00a9")).stringBytes();
    assertThat(text).asString(UTF_8).isEqualTo(REPLACEMENT + "©");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff})
  void wellFormedUtf8PassesThroughAtEachBoundary(int codePoint) throws JsonException {
    String text = Character.toString(codePoint);
    assertThat(string(text)).isEqualTo(text);
    assertThat(string(text + "\\n")).isEqualTo(text + "\n");
  }

  @Test
  void aRawValueIsRepairedToo() throws JsonException {
    byte[] value = new JsonReader(quoted("", new byte[] {(byte) 0xff}, "")).valueBytes();
    assertThat(value).asString(UTF_8).isEqualTo("\"" + REPLACEMENT + "\"");
  }

  private static String string(String inside) throws JsonException {
    return new JsonReader(("\"" + inside + "\"").getBytes(UTF_8)).string();
  }

  private static byte[] quoted(String before, byte[] bytes, String after) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write('"');
    out.writeBytes(before.getBytes(UTF_8));
    out.writeBytes(bytes);
    out.writeBytes(after.getBytes(UTF_8));
    out.write('"');
    return out.toByteArray();
  }
}
