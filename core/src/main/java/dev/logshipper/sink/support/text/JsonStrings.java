package dev.logshipper.sink.support.text;

import java.util.Arrays;

/// Unescapes JSON strings, from UTF-8 to UTF-8 without decoding to characters: the text of every
/// log line passes here.
final class JsonStrings {
  private static final int ESCAPED_UNIT_BYTES = 6;
  private static final int NO_ESCAPE = -1;

  private JsonStrings() {}

  /// Index of the first quote or backslash from `from` on, or `end`.
  static int endOfPlainRun(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  /// The same, or that of the first control character, which no strict string contains.
  static int endOfStrictRun(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end
        && bytes[at] != '"'
        && bytes[at] != '\\'
        && (bytes[at] >= ' ' || bytes[at] < 0)) {
      at++;
    }
    return at;
  }

  /// Whether there is a well-formed escape, the backslash of which is before `at`.
  static boolean isEscape(byte[] bytes, int at, int end) {
    return at < end
        && (bytes[at] == 'u' ? codeUnit(bytes, at + 1, end) : plain(bytes[at])) != NO_ESCAPE;
  }

  /// The text of `bytes[from, to)`, the inside of a string. The result is never longer than the
  /// input.
  static byte[] unescape(byte[] bytes, int from, int to) throws JsonException {
    byte[] text = new byte[to - from];
    int length = 0;
    int at = from;
    while (at < to) {
      byte b = bytes[at++];
      if (b != '\\') {
        text[length++] = b;
      } else if (!isEscape(bytes, at, to)) {
        throw new JsonException("an escape", at);
      } else if (bytes[at] != 'u') {
        text[length++] = (byte) plain(bytes[at++]);
      } else {
        int unit = codeUnit(bytes, at + 1, to);
        at += ESCAPED_UNIT_BYTES - 1;
        if (Character.isHighSurrogate((char) unit) && isEscapedLowSurrogate(bytes, at, to)) {
          unit = Character.toCodePoint((char) unit, (char) codeUnit(bytes, at + 2, to));
          at += ESCAPED_UNIT_BYTES;
        }
        length = Utf8.append(text, length, unit);
      }
    }
    return Utf8.repaired(Arrays.copyOf(text, length));
  }

  private static boolean isEscapedLowSurrogate(byte[] bytes, int at, int to) {
    return at + ESCAPED_UNIT_BYTES <= to
        && bytes[at] == '\\'
        && bytes[at + 1] == 'u'
        && Character.isLowSurrogate((char) codeUnit(bytes, at + 2, to));
  }

  /// The code unit of four hexadecimal digits; [#NO_ESCAPE] when there are fewer.
  private static int codeUnit(byte[] bytes, int at, int to) {
    int unit = at + 4 <= to ? 0 : NO_ESCAPE;
    for (int i = at; i < at + 4 && unit != NO_ESCAPE; i++) {
      int digit = Character.digit(bytes[i], 16);
      unit = digit < 0 ? NO_ESCAPE : unit * 16 + digit;
    }
    return unit;
  }

  /// The byte that an escape of two characters stands for, or [#NO_ESCAPE].
  private static int plain(byte escaped) {
    return switch (escaped) {
      case '"', '\\', '/' -> escaped;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> NO_ESCAPE;
    };
  }
}
