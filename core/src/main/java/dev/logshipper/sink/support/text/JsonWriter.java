package dev.logshipper.sink.support.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;

/// Writes strings and numbers as JSON. Stateless; text must be well-formed UTF-8.
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

  private JsonWriter() {}

  /// A text as a JSON string, quotes included.
  public static String string(String text) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try {
      writeString(json, text);
    } catch (IOException e) {
      throw new AssertionError("memory is always writable", e);
    }
    return json.toString(UTF_8);
  }

  /// Writes `text` as a JSON string, quotes included.
  public static void writeString(OutputStream out, String text) throws IOException {
    writeString(out, text.getBytes(UTF_8));
  }

  /// Writes UTF-8 `text` as a JSON string, quotes included.
  public static void writeString(OutputStream out, byte[] text) throws IOException {
    out.write('"');
    int written = 0;
    for (int at = 0; at < text.length; at++) {
      byte b = text[at];
      if (b == '"' || b == '\\' || (b >= 0 && b < 0x20)) {
        out.write(text, written, at - written);
        writeEscape(out, b);
        written = at + 1;
      }
    }
    out.write(text, written, text.length - written);
    out.write('"');
  }

  /// Writes a number in the shortest decimal form that reads back as the same one, never with an
  /// exponent.
  ///
  /// @throws IllegalArgumentException when it is not finite: JSON has no such numbers
  public static void writeNumber(OutputStream out, double number) throws IOException {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has finite numbers only");
    }
    String text = Double.toString(number);
    if (text.indexOf('E') >= 0) {
      text = new BigDecimal(text).stripTrailingZeros().toPlainString();
    } else if (text.endsWith(".0")) {
      text = text.substring(0, text.length() - 2);
    }
    out.write(text.getBytes(UTF_8));
  }

  private static void writeEscape(OutputStream out, byte b) throws IOException {
    out.write('\\');
    switch (b) {
      case '"', '\\' -> out.write(b);
      case '\n' -> out.write('n');
      case '\r' -> out.write('r');
      case '\t' -> out.write('t');
      case '\b' -> out.write('b');
      case '\f' -> out.write('f');
      default -> {
        out.write('u');
        out.write('0');
        out.write('0');
        out.write(HEX[b >> 4]);
        out.write(HEX[b & 0xf]);
      }
    }
  }
}
