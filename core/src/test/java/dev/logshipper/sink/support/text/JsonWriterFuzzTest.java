package dev.logshipper.sink.support.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.testkit.Choices;
import dev.logshipper.testkit.GeneratedCases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Whatever is written reads back the same, with Jackson.
class JsonWriterFuzzTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();

  @Test
  void generatedTextsAndNumbersReadBackTheSame() throws IOException {
    GeneratedCases.check(getClass(), 500, JsonWriterFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Choices choices = new Choices(input);
    double number = Double.longBitsToDouble(choices.bits());
    if (Double.isFinite(number)) {
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      JsonWriter.writeNumber(json, number);
      // Zero has no sign in the shortest form.
      assertThat(JACKSON.readTree(json.toByteArray()).doubleValue() + 0.0).isEqualTo(number + 0.0);
    }
    String text = choices.text(60);
    assertThat(JACKSON.readTree(JsonWriter.string(text)).textValue()).isEqualTo(text);
  }
}
