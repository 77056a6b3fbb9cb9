package dev.logshipper.sink.support.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.logshipper.testkit.Choices;
import dev.logshipper.testkit.GeneratedCases;
import dev.logshipper.testkit.JsonTexts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The reader and Jackson say the same of any text, but for the leniencies that the reader's
/// documentation names (control characters in strings, any text where a number may stand); and
/// where a value ends does not depend on what follows.
class JsonReaderFuzzTest {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  @Test
  void generatedTextsAreReadAsJacksonReadsThem() throws IOException {
    GeneratedCases.check(getClass(), 1000, JsonReaderFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Choices choices = new Choices(input);
    byte[] any = choices.flag() ? choices.remaining() : choices.damaged(JsonTexts.value(choices));
    staysApartFromWhatFollows(any);
    byte[] text = Utf8.repaired(any);
    List<String> jacksons = jacksonsTokens(text);
    assertThat(tokens(text)).isEqualTo(jacksons);
    if (jacksons != null) {
      assertThat(isOneValue(text)).isTrue();
    }
  }

  private static void staysApartFromWhatFollows(byte[] text) {
    if (!isOneValue(text)) {
      return;
    }
    byte[] array = new byte[2 * text.length + 3];
    array[0] = '[';
    System.arraycopy(text, 0, array, 1, text.length);
    array[text.length + 1] = ',';
    System.arraycopy(text, 0, array, text.length + 2, text.length);
    array[array.length - 1] = ']';
    JsonReader json = new JsonReader(array);
    try {
      json.expect('[');
      json.skipValue();
      json.expect(',');
      assertThat(json.position()).isEqualTo(text.length + 2);
      json.skipValue();
      json.expect(']');
      assertThat(json.position()).isEqualTo(array.length);
    } catch (JsonException e) {
      throw new AssertionError("alone it is a value", e);
    }
  }

  private static boolean isOneValue(byte[] text) {
    try {
      JsonReader json = new JsonReader(text);
      json.skipValue();
      return json.atEnd();
    } catch (JsonException _) {
      return false;
    }
  }

  /// What one sees who takes a document apart with the reader; null when it is refused, or holds a
  /// scalar that only the reader takes.
  private static @Nullable List<String> tokens(byte[] text) {
    try {
      JsonReader json = new JsonReader(text);
      List<String> tokens = new ArrayList<>();
      return takeValue(json, tokens) && json.atEnd() ? tokens : null;
    } catch (JsonException _) {
      return null;
    }
  }

  private static boolean takeValue(JsonReader json, List<String> tokens) throws JsonException {
    return switch (json.peek()) {
      case '{' -> takeMembers(json, tokens);
      case '[' -> takeElements(json, tokens);
      case '"' -> tokens.add("text " + json.string());
      default -> takeScalar(json, tokens);
    };
  }

  private static boolean takeMembers(JsonReader json, List<String> tokens) throws JsonException {
    json.expect('{');
    tokens.add("{");
    if (!json.accept('}')) {
      do {
        String name = json.string();
        json.expect(':');
        if (isDisputed(name) || !tokens.add("name " + name) || !takeValue(json, tokens)) {
          return false;
        }
      } while (json.accept(','));
      json.expect('}');
    }
    return tokens.add("}");
  }

  private static boolean takeElements(JsonReader json, List<String> tokens) throws JsonException {
    json.expect('[');
    tokens.add("[");
    if (!json.accept(']')) {
      do {
        if (!takeValue(json, tokens)) {
          return false;
        }
      } while (json.accept(','));
      json.expect(']');
    }
    return tokens.add("]");
  }

  private static boolean takeScalar(JsonReader json, List<String> tokens) throws JsonException {
    byte[] scalar = json.valueBytes();
    String text = new String(scalar, UTF_8);
    if (NUMBER.matcher(text).matches()) {
      return tokens.add("number " + new JsonReader(scalar).number());
    }
    return List.of("true", "false", "null").contains(text) && tokens.add(text);
  }

  /// The same as Jackson sees it.
  private static @Nullable List<String> jacksonsTokens(byte[] text) throws IOException {
    List<String> tokens = new ArrayList<>();
    // Four bytes of ASCII tell it that this is UTF-8.
    byte[] indented = new byte[4 + text.length];
    Arrays.fill(indented, 0, 4, (byte) ' ');
    System.arraycopy(text, 0, indented, 4, text.length);
    try (JsonParser json = JACKSON.createParser(indented)) {
      int nesting = 0;
      do {
        JsonToken token = json.nextToken();
        if (token == null) {
          return null;
        }
        if (token == JsonToken.FIELD_NAME && isDisputed(withoutHalves(json.getText()))) {
          return null;
        }
        nesting += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        tokens.add(named(token, json));
      } while (nesting > 0);
      return json.nextToken() == null ? tokens : null;
    } catch (JsonParseException _) {
      return null;
    }
  }

  /// Jackson refuses some names with half a surrogate pair, which the grammar allows.
  private static boolean isDisputed(String name) {
    return name.indexOf('\ufffd') >= 0;
  }

  private static String named(JsonToken token, JsonParser json) throws IOException {
    return switch (token) {
      case FIELD_NAME -> "name " + withoutHalves(json.getText());
      case VALUE_STRING -> "text " + withoutHalves(json.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number " + Double.parseDouble(json.getText());
      default -> token.asString();
    };
  }

  /// Half a surrogate pair cannot be written in UTF-8; the reader puts the replacement character in
  /// its place.
  private static String withoutHalves(String text) {
    StringBuilder whole = new StringBuilder();
    text.codePoints()
        .forEach(point ->
            whole.appendCodePoint(
                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                    ? 0xfffd
                    : point));
    return whole.toString();
  }
}
