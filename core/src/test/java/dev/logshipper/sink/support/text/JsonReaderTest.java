package dev.logshipper.sink.support.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void anArrayIsReadElementByElementOverWhiteSpace() throws JsonException {
    JsonReader json = reader(" [ \"a\" ,\r\n\t2.5 , {\"k\":[1,{}]} ] ");
    json.expect('[');
    assertThat(json.string()).isEqualTo("a");
    assertThat(json.accept(',')).isTrue();
    assertThat(json.number()).isEqualTo(2.5);
    json.expect(',');
    assertThat(json.peek()).isEqualTo('{');
    assertThat(json.valueBytes()).asString(UTF_8).isEqualTo("{\"k\":[1,{}]}");
    assertThat(json.accept(',')).isFalse();
    json.expect(']');
    assertThat(json.atEnd()).isTrue();
    assertThat(json.peek()).isEqualTo((char) 0);
  }

  @Test
  void onlyThePartGivenIsRead() throws JsonException {
    byte[] bytes = "[1]\"x\"[2]".getBytes(UTF_8);
    JsonReader json = new JsonReader(bytes, 3, 6);
    assertThat(json.position()).isEqualTo(3);
    assertThat(json.string()).isEqualTo("x");
    assertThat(json.atEnd()).isTrue();
  }

  @Test
  void whatWasReadCanBeReadAgain() throws JsonException {
    byte[] bytes = "\"a\"".getBytes(UTF_8);
    JsonReader json = new JsonReader(bytes);
    int start = json.position();
    json.skipValue();
    assertThat(new JsonReader(bytes, start, json.position()).string()).isEqualTo("a");
  }

  @Test
  void whatIsNotThereIsSaidByPlaceAndNotByContent() {
    JsonReader json = reader("  secret");
    assertThatThrownBy(() -> json.expect('['))
        .isInstanceOf(JsonException.class)
        .hasMessage("expected '[' at byte 2");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-12.5,-12.5", "1e3,1000", "1E+2,100", "007,7"})
  void numbersAreRead(String text, double expected) throws JsonException {
    assertThat(reader(" " + text + ",").number()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true", "null", "\"1\"", "-", "1e", "{", "--1"})
  void whatIsNoNumberIsNotReadAsOne(String text) {
    assertThatThrownBy(() -> reader(text).number()).isInstanceOf(JsonException.class);
  }

  @Test
  void aNameIsComparedWithoutTakingItUnlessItIsEqual() throws JsonException {
    JsonReader json = reader(" \"name\":1");
    assertThat(json.stringEquals(utf8("nam"))).isFalse();
    assertThat(json.stringEquals(utf8("names"))).isFalse();
    assertThat(json.stringEquals(utf8("nome"))).isFalse();
    assertThat(json.stringEquals(utf8("name"))).isTrue();
    json.expect(':');
  }

  @Test
  void aNameIsNotComparedBeyondTheEnd() throws JsonException {
    assertThat(reader("\"na").stringEquals(utf8("name"))).isFalse();
    assertThat(reader("\"name").stringEquals(utf8("name"))).isFalse();
  }

  @Test
  void aStringThatIsLongerThanItMayBeIsTakenAndEmpty() throws JsonException {
    JsonReader json = reader("\"abc\",\"abcd\",\"\\u0061\",1");
    assertThat(json.stringUpTo(3)).isEqualTo("abc");
    json.expect(',');
    assertThat(json.stringUpTo(3)).isEmpty();
    json.expect(',');
    assertThat(json.stringUpTo(6)).isEqualTo("a");
    json.expect(',');
    assertThat(json.number()).isEqualTo(1);
  }

  @Test
  void aNumberHasNoMoreThanSomeHundredDigits() throws JsonException {
    assertThat(reader("1".repeat(300)).number()).isGreaterThan(1e299);
    assertThatThrownBy(() -> reader("1".repeat(401)).number()).isInstanceOf(JsonException.class);
  }

  @Test
  void aValueThatIsNotJsonToTheLetterIsSkippedAndToldApart() throws JsonException {
    JsonReader json = reader(" [1] , [1} , nope , \"\\x\" ,{}");
    assertThat(json.skipStrictly()).isTrue();
    json.expect(',');
    assertThat(json.skipStrictly()).isFalse();
    json.expect(',');
    assertThat(json.skipStrictly()).isFalse();
    json.expect(',');
    assertThat(json.skipStrictly()).isFalse();
    json.expect(',');
    assertThat(json.skipStrictly()).isTrue();
    assertThat(json.atEnd()).isTrue();
  }

  @Test
  void findGoesToTheFirstMemberOfAnyOfTheNames() throws JsonException {
    JsonReader json = reader("{\"x\":{\"b\":1},\"c\":[\"b\"],\"b\":2,\"a\":3}");
    assertThat(json.find(utf8("a"), utf8("b"))).isTrue();
    assertThat(json.number()).isEqualTo(2);
  }

  @Test
  void findLeavesAnObjectWithoutTheNameBehind() throws JsonException {
    JsonReader json = reader("[{\"a\":1},{},2]");
    json.expect('[');
    assertThat(json.find(utf8("b"))).isFalse();
    json.expect(',');
    assertThat(json.find(utf8("b"))).isFalse();
    json.expect(',');
    assertThat(json.number()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{\"a\":1", "{"})
  void findFailsOnWhatIsNoObject(String text) {
    assertThatThrownBy(() -> reader(text).find(utf8("b"))).isInstanceOf(JsonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\"",
        "\"\\\\\"",
        "\"\\\"]\"",
        "1",
        "-1.5e+10",
        "true",
        "null",
        "azAZ09",
        "{}",
        "[]",
        "[[],{\"a\":[]}]"
      })
  void aValueOfAnyKindEndsWhereItEnds(String text) throws JsonException {
    JsonReader json = reader(" " + text + " ,");
    json.skipValue();
    assertThat(json.position()).isEqualTo(1 + text.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "]", "}", ",", ":", "\"a", "\"a\\", "\"\\\"", "[", "{\"a\":", "[1,", "@"})
  void whatIsNoValueIsNotSkipped(String text) {
    assertThatThrownBy(() -> reader(text).skipValue()).isInstanceOf(JsonException.class);
  }

  @Test
  void aClosingBracketThatIsNoValueIsNamedByItsPlace() {
    assertThatThrownBy(() -> reader(" ]").skipValue()).hasMessage("expected a value at byte 1");
  }

  @ParameterizedTest
  @CsvSource({"'\"a\"',a", "'{\"b\":[]}',''", "12,''"})
  void textIsTakenAndAnyOtherValuePassedOver(String value, String text) throws JsonException {
    JsonReader json = reader(value + ",");
    assertThat(json.textOrEmpty()).isEqualTo(text);
    json.expect(',');
  }

  @ParameterizedTest
  @CsvSource({"0,true", "9,true", "-1,true", "/,false", ":,false", "true,false", "'',false"})
  void aNumberBeginsWithADigitOrAMinus(String text, boolean number) {
    assertThat(reader(text).isAtNumber()).isEqualTo(number);
  }

  @Test
  void aNulByteOutsideAStringIsNoValue() {
    assertThatThrownBy(() -> reader("[\0]").skipValue()).isInstanceOf(JsonException.class);
    assertThat(reader("\0").atEnd()).isFalse();
  }

  @Test
  void fiveThousandNestedBracketsAreSkipped() throws JsonException {
    String deep = "[".repeat(5000) + "]".repeat(5000);
    JsonReader json = reader(deep + "1");
    json.skipValue();
    assertThat(json.number()).isEqualTo(1);
  }

  @Test
  void twoMegabytesOfOpeningBracketsAreRefusedWithoutRecursion() {
    JsonReader json = reader("[".repeat(2_000_000));
    assertThatThrownBy(json::skipValue)
        .isInstanceOf(JsonException.class)
        .hasMessage("expected more at byte 2000000");
  }

  @Test
  void everyTruncationEndsInAJsonExceptionOrAValue() {
    byte[] sample =
        """
        [{"time":"2026-11-21T10:15:30.123Z","type":"function","record":"a\\n\\u00e9\\ud83d\\ude00é😀"},
         {"type":"platform.start","record":{"requestId":"1","n":[1,-2.5e3,true,null,{}]}}]\
        """
            .getBytes(UTF_8);
    for (int length = 0; length < sample.length; length++) {
      JsonReader json = new JsonReader(sample, 0, length);
      assertThatThrownBy(json::skipValue).isInstanceOf(JsonException.class);
      walk(new JsonReader(sample, 0, length));
    }
  }

  /// Reads as the parser of deliveries does: nothing but a [JsonException] may come of it.
  private static void walk(JsonReader json) {
    try {
      json.expect('[');
      do {
        json.expect('{');
        do {
          json.string();
          json.expect(':');
          if (json.peek() == '"') {
            json.stringBytes();
          } else {
            json.find(utf8("absent"));
          }
        } while (json.accept(','));
        json.expect('}');
      } while (json.accept(','));
      json.expect(']');
    } catch (JsonException e) {
      assertThat(e).hasMessageStartingWith("expected ");
    }
  }

  @Test
  void anyBytesGiveAValueOrAJsonException() {
    java.util.Random random = new java.util.Random(7);
    byte[] alphabet = "[]{}\",:\\u0dDe1 n\0\u00e9".getBytes(ISO_8859_1);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(24)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = alphabet[random.nextInt(alphabet.length)];
      }
      walk(new JsonReader(bytes));
      try {
        new JsonReader(bytes).valueBytes();
        new JsonReader(bytes).string();
      } catch (JsonException e) {
        assertThat(e).hasMessageContaining(" at byte ");
      }
    }
  }

  private static JsonReader reader(String text) {
    return new JsonReader(utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
