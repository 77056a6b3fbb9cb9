package dev.logshipper.sink.support.text;

import java.util.Arrays;

/// Unescapes JSON strings, from UTF-8 to UTF-8 without decoding to characters: the text of every
/// log line passes here.
final class JsonStrings {
  private JsonStrings() {}

  /// Index of the first quote or backslash from `from` on, or `end`.
  static int endOfPlainRun(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  /// The bytes of a string without escapes.
  static byte[] copyPlain(byte[] bytes, int from, int to) {
    return Utf8.repairedCopy(bytes, from, to);
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
      } else if (bytes[at] == 'u') {
        int unit = codeUnit(bytes, at + 1, to);
        at += 5;
        if (Character.isHighSurrogate((char) unit) && isEscapedLowSurrogate(bytes, at, to)) {
          unit = Character.toCodePoint((char) unit, (char) codeUnit(bytes, at + 2, to));
          at += 6;
        }
        length = Utf8.append(text, length, unit);
      } else {
        text[length++] = plain(bytes[at], at);
        at++;
      }
    }
    return Utf8.repaired(Arrays.copyOf(text, length));
  }

  private static boolean isEscapedLowSurrogate(byte[] bytes, int at, int to) throws JsonException {
    return at + 6 <= to
        && bytes[at] == '\\'
        && bytes[at + 1] == 'u'
        && Character.isLowSurrogate((char) codeUnit(bytes, at + 2, to));
  }

  private static int codeUnit(byte[] bytes, int at, int to) throws JsonException {
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = i < to ? Character.digit(bytes[i], 16) : -1;
      if (digit < 0) {
        throw new JsonException("four hexadecimal digits", i);
      }
      unit = unit * 16 + digit;
    }
    return unit;
  }

  private static byte plain(byte escaped, int at) throws JsonException {
    return switch (escaped) {
      case '"', '\\', '/' -> escaped;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> throw new JsonException("an escape", at);
    };
  }
}
