package dev.logshipper.format.edgedelta;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.support.text.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;

/// Writes the parts of a line. Stateless.
final class JsonText {
  static final byte[] END_OF_LINE = ascii("}\n");

  private JsonText() {}

  static byte[] ascii(String text) {
    return text.getBytes(UTF_8);
  }

  /// A member with a text.
  static void member(OutputStream out, byte[] key, String value) throws IOException {
    out.write(key);
    JsonWriter.writeString(out, value);
  }

  /// A member with a number; nothing if it is not finite, which JSON cannot express.
  static void member(OutputStream out, byte[] key, double value) throws IOException {
    if (Double.isFinite(value)) {
      out.write(key);
      JsonWriter.writeNumber(out, value);
    }
  }
}
