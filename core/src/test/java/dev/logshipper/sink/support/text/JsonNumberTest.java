package dev.logshipper.sink.support.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonNumberTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "128, 128",
    "-3.5, -3.5",
    "1154.11, 1154.11",
    "0.40000000000009095, 0.40000000000009095",
    "0.0009, 0.0009",
    "1.5E7, 15000000",
    "123456789.25, 123456789.25",
    "1E21, 1000000000000000000000"
  })
  void numberIsWrittenWithoutExponent(double number, String expected) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    JsonWriter.writeNumber(out, number);

    assertThat(out).hasToString(expected);
  }

  @Test
  void numberThatJsonDoesNotHaveIsRefused() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> JsonWriter.writeNumber(out, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
