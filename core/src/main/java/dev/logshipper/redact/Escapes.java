package dev.logshipper.redact;

/// Reads text without the escapes of JSON, however deeply it is nested: any number of backslashes
/// in front of an escaped character belongs to it. So a value looks the same in a line, in a string
/// of JSON, and in JSON within a string.
///
/// Not thread-safe.
final class Escapes {
  private final byte[] bytes;
  private final int length;
  private final byte[] unescaped = new byte[4];
  private int position;

  Escapes(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /// Index of the next byte to be read.
  int position() {
    return position;
  }

  static int endOfBackslashes(byte[] bytes, int from, int length) {
    int at = from;
    while (at < length && bytes[at] == '\\') {
      at++;
    }
    return at;
  }

  /// Whether the character after backslashes stands for another one that a value may have, or
  /// separates values.
  static boolean isEscape(byte[] bytes, int at, int length) {
    return at < length
        && switch (bytes[at]) {
          case 'n', 'r', 't', 'b', 'f', 'u', '/' -> true;
          default -> false;
        };
  }

  /// Writes the text without escapes.
  ///
  /// @param text at least as long as the input
  /// @return its length
  int unescapeTo(byte[] text) {
    int size = 0;
    while (position < length) {
      int run = position;
      while (run < length && bytes[run] != '\\') {
        run++;
      }
      System.arraycopy(bytes, position, text, size, run - position);
      size += run - position;
      position = run;
      if (position < length) {
        int more = next();
        System.arraycopy(unescaped, 0, text, size, more);
        size += more;
      }
    }
    return size;
  }

  /// Replaces indexes of the text without escapes by those of the input.
  void toInput(Matches matches) {
    int index = 0;
    for (int i = 0; i < matches.size(); i++) {
      Matches.Match match = matches.get(i);
      int start = position;
      while (index < match.end()) {
        start = index <= match.start() ? position : start;
        index += next();
      }
      matches.set(i, match.at(start, position));
    }
  }

  /// Reads a character, or a byte of one. Returns its length without escapes.
  private int next() {
    byte b = bytes[position];
    if (b != '\\') {
      return read(b, position + 1);
    }
    int at = endOfBackslashes(bytes, position, length);
    if (at == length) {
      return read((byte) '\\', at);
    }
    return switch (bytes[at]) {
      case 'n' -> read((byte) '\n', at + 1);
      case 'r' -> read((byte) '\r', at + 1);
      case 't' -> read((byte) '\t', at + 1);
      case 'b', 'f' -> read((byte) ' ', at + 1);
      case '"', '/', '\'' -> read(bytes[at], at + 1);
      case 'u' -> readUnit(at);
      default -> read((byte) '\\', at);
    };
  }

  private int read(byte character, int next) {
    unescaped[0] = character;
    position = next;
    return 1;
  }

  private int readUnit(int at) {
    int unit = unit(at);
    if (unit < 0) {
      return read((byte) '\\', at);
    }
    int next = at + 5;
    int point = unit;
    if (Character.isHighSurrogate((char) unit)) {
      int low = endOfBackslashes(bytes, next, length);
      int lowUnit = low > next ? unit(low) : -1;
      if (lowUnit >= 0 && Character.isLowSurrogate((char) lowUnit)) {
        point = Character.toCodePoint((char) unit, (char) lowUnit);
        next = low + 5;
      }
    }
    position = next;
    return encode(point);
  }

  /// The number after `u` at an index, or -1.
  private int unit(int at) {
    int unit = at + 4 < length && bytes[at] == 'u' ? 0 : -1;
    for (int i = at + 1; i <= at + 4 && unit >= 0; i++) {
      int digit = Character.digit(bytes[i], 16);
      unit = digit < 0 ? -1 : unit * 16 + digit;
    }
    return unit;
  }

  /// Half a surrogate pair becomes a question mark.
  private int encode(int point) {
    if (point < 0x80) {
      unescaped[0] = (byte) point;
      return 1;
    }
    if (point < 0x800) {
      unescaped[0] = (byte) (0xc0 | (point >> 6));
      unescaped[1] = (byte) (0x80 | (point & 0x3f));
      return 2;
    }
    if (point >= 0xd800 && point <= 0xdfff) {
      unescaped[0] = '?';
      return 1;
    }
    if (point < 0x10000) {
      unescaped[0] = (byte) (0xe0 | (point >> 12));
      unescaped[1] = (byte) (0x80 | ((point >> 6) & 0x3f));
      unescaped[2] = (byte) (0x80 | (point & 0x3f));
      return 3;
    }
    unescaped[0] = (byte) (0xf0 | (point >> 18));
    unescaped[1] = (byte) (0x80 | ((point >> 12) & 0x3f));
    unescaped[2] = (byte) (0x80 | ((point >> 6) & 0x3f));
    unescaped[3] = (byte) (0x80 | (point & 0x3f));
    return 4;
  }
}
