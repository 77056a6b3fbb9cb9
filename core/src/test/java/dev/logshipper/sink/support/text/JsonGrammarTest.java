package dev.logshipper.sink.support.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonGrammarTest {
  private static final int DEEP = 100_000;
  private static final int NONE = -1;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"\"",
        "true",
        "false",
        "null",
        "0",
        "-0",
        "-10.50e+03",
        "1E-9",
        "1e400",
        " \t\r\n[ 1 , [ ] , { } , \"a\" ] \n",
        "{\"a\":{\"b\":[{},[[]],null]},\"a\":1,\"\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud800\"}",
        "\"\u007f é😀\""
      })
  void jsonIsStrict(String json) {
    assertThat(isValue(json)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[}",
        "{]",
        "[1}",
        "[[]",
        "]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1:2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{1:2}",
        "{a:1}",
        "{\"a\",1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1}{}",
        "[] []",
        "tru",
        "trueX",
        "True",
        "nul",
        "nan",
        "Infinity",
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "1.5.2",
        "0x10",
        "1d",
        "'a'",
        "\"a",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"a\nb\"",
        "\"a\tb\"",
        "\"\0\"",
        "\0",
        "\ufeff{}",
        "[1]\0"
      })
  void almostJsonIsNot(String json) {
    assertThat(isValue(json)).isFalse();
  }

  @Test
  void noTruncationOfAnObjectIsJson() {
    String json = "{\"a\":[1,-2.5e+3,true,null,{\"b\\u00e9\":\"\\\\\"}],\"c\":[[],{}]}";
    assertThat(isValue(json)).isTrue();
    for (int length = 0; length < json.length(); length++) {
      assertThat(isValue(json.substring(0, length))).as("%d", length).isFalse();
    }
  }

  @Test
  void deepNestingNeedsNoStack() {
    assertThat(isValue("[".repeat(DEEP) + "]".repeat(DEEP))).isTrue();
    assertThat(isValue("{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP))).isTrue();
    assertThat(isValue("[".repeat(DEEP) + "]".repeat(DEEP - 1) + "}")).isFalse();
  }

  @Test
  void onlyThePartGivenCounts() {
    assertThat(endOfStrictValue(1, 5)).isEqualTo(4);
    assertThat(endOfStrictValue(1, 4)).isEqualTo(4);
    assertThat(endOfStrictValue(3, 5)).isEqualTo(NONE);
    assertThat(endOfStrictValue(1, 3)).isEqualTo(NONE);
    assertThat(endOfStrictValue(0, 5)).isEqualTo(NONE);
  }

  /// Index after the value that begins at `from`, or [#NONE].
  private static int endOfStrictValue(int from, int to) {
    JsonReader reader = new JsonReader("x[1]y".getBytes(UTF_8), from, to);
    try {
      return reader.skipStrictly() ? reader.position() : NONE;
    } catch (JsonException _) {
      return NONE;
    }
  }

  private static boolean isValue(String json) {
    JsonReader reader = new JsonReader(json.getBytes(UTF_8));
    try {
      return reader.skipStrictly() && reader.atEnd();
    } catch (JsonException _) {
      return false;
    }
  }
}
