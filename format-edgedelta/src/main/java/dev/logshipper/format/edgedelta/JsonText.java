package dev.logshipper.format.edgedelta;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.text.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;

/// Writes the parts of a line. Stateless.
final class JsonText {
  static final byte[] END_OF_LINE = ascii("}\n");
  private static final byte[] COLON = ascii(":");

  private JsonText() {}

  static byte[] ascii(String text) {
    return text.getBytes(UTF_8);
  }

  /// A member with a text.
  static void member(OutputStream out, byte[] key, String value) throws IOException {
    out.write(key);
    JsonWriter.writeString(out, value);
  }

  /// The fields that the user wants with a line.
  ///
  /// @param reserved names that the form has itself, none of which is overwritten
  /// @param levelled whether the line has a level already
  static void fields(OutputStream out, LogRecord record, Set<String> reserved, boolean levelled)
      throws IOException {
    for (Map.Entry<String, String> field : record.fields().entrySet()) {
      String name = field.getKey();
      if (!reserved.contains(name) && !(levelled && name.equals("level"))) {
        out.write(',');
        JsonWriter.writeString(out, name);
        member(out, COLON, field.getValue());
      }
    }
  }

  /// A member with a number; nothing if it is not finite, which JSON cannot express.
  static void member(OutputStream out, byte[] key, double value) throws IOException {
    if (Double.isFinite(value)) {
      out.write(key);
      JsonWriter.writeNumber(out, value);
    }
  }
}
