package dev.logshipper.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// The bytes that scanners look at, and the value that one of them has found. Indexes beyond either
/// end read as 0, which is part of no value, so that scanners need no checks. Not thread-safe.
final class Text {
  private byte[] bytes = new byte[0];
  private int length;
  private int floor;
  private int start;
  private int end;

  /// Begins with other bytes, which are borrowed.
  void reset(byte[] utf8, int size) {
    bytes = utf8;
    length = size;
    floor = 0;
  }

  int length() {
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  /// The byte at an index, or 0 outside the text.
  byte at(int index) {
    return index >= 0 && index < length ? bytes[index] : 0;
  }

  /// Scanners do not look for the beginning of a value before this index: there ends the last one.
  int floor() {
    return floor;
  }

  void raiseFloor(int index) {
    floor = index;
  }

  /// Reports a value.
  ///
  /// @return true
  boolean found(int from, int to) {
    start = from;
    end = to;
    return true;
  }

  /// A part of it, one character for each byte.
  String part(int from, int to) {
    return new String(bytes, from, to - from, ISO_8859_1);
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  boolean isDigit(int index) {
    byte b = at(index);
    return b >= '0' && b <= '9';
  }

  boolean isLetter(int index) {
    int lower = at(index) | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  boolean isLetterOrDigit(int index) {
    return isLetter(index) || isDigit(index);
  }

  boolean isHexDigit(int index) {
    int lower = at(index) | 0x20;
    return isDigit(index) || (lower >= 'a' && lower <= 'f');
  }

  /// A letter, a digit, `-` or `_`.
  boolean isBase64Url(int index) {
    byte b = at(index);
    return isLetterOrDigit(index) || b == '-' || b == '_';
  }

  /// A letter, a digit, `+` or `/`.
  boolean isBase64(int index) {
    byte b = at(index);
    return isLetterOrDigit(index) || b == '+' || b == '/';
  }

  boolean isSpace(int index) {
    byte b = at(index);
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  /// Whether a word of ASCII is here, in any case.
  ///
  /// @param word in lower case
  boolean hasWord(String word, int index) {
    for (int i = 0; i < word.length(); i++) {
      byte b = at(index + i);
      int lower = b >= 'A' && b <= 'Z' ? b | 0x20 : b;
      if (lower != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// As [#hasWord], for a word that ends before an index.
  boolean hasWordBefore(String word, int index) {
    return hasWord(word, index - word.length());
  }

  /// Index of the first byte from `from` on that is no digit.
  int endOfDigits(int from) {
    int at = from;
    while (isDigit(at)) {
      at++;
    }
    return at;
  }
}
