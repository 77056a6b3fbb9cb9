package dev.logshipper.sink.support.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void whatJsonReservesIsEscapedAndNothingElse() {
    assertThat(JsonWriter.string(" a\"b\\c/d\b\f\n\r\te\0\u001f\u007fé€😀"))
        .isEqualTo("\" a\\\"b\\\\c/d\\b\\f\\n\\r\\te\\u0000\\u001f\u007fé€😀\"");
  }

  @Test
  void theEmptyTextIsTwoQuotes() {
    assertThat(JsonWriter.string("")).isEqualTo("\"\"");
  }

  @Test
  void textAndBytesAreWrittenAlike() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonWriter.writeString(text, "é\n");
    JsonWriter.writeString(bytes, "é\n".getBytes(UTF_8));
    assertThat(text.toByteArray()).isEqualTo(bytes.toByteArray());
    assertThat(text.toString(UTF_8)).isEqualTo("\"é\\n\"");
  }

  @Test
  void whatIsWrittenIsReadBackAsItWas() throws JsonException {
    Random random = new Random(42);
    for (int round = 0; round < 5_000; round++) {
      String text = text(random);
      String json = JsonWriter.string(text);
      assertThat(new JsonReader(json.getBytes(UTF_8)).string()).isEqualTo(text);
      assertThat(new JsonReader(asciiOnly(json).getBytes(UTF_8)).string()).isEqualTo(text);
    }
  }

  private static String text(Random random) {
    int[] bounds = {0x20, 0x80, 0x800, 0x10000, 0x110000};
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(30);
    while (text.length() < length) {
      int codePoint = random.nextInt(bounds[random.nextInt(bounds.length)]);
      if (codePoint < 0xd800 || codePoint > 0xdfff) {
        text.appendCodePoint(codePoint);
      }
    }
    return text.toString();
  }

  /// The same JSON with every character beyond ASCII escaped, as other writers do.
  private static String asciiOnly(String json) {
    StringBuilder ascii = new StringBuilder();
    json.chars()
        .forEach(c -> ascii.append(c < 0x80 ? Character.toString(c) : String.format("\\u%04x", c)));
    return ascii.toString();
  }
}
