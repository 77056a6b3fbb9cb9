package dev.logshipper.json;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Well-formed UTF-8, whatever came in: a destination may refuse a whole batch for one bad byte.
final class Utf8 {
  private Utf8() {}

  /// Appends a code point; half a surrogate pair becomes the replacement character.
  ///
  /// @return the new length
  static int append(byte[] text, int length, int codePoint) {
    int point = codePoint >= 0xd800 && codePoint <= 0xdfff ? 0xfffd : codePoint;
    int at = length;
    if (point < 0x80) {
      text[at++] = (byte) point;
    } else if (point < 0x800) {
      text[at++] = (byte) (0xc0 | (point >> 6));
      text[at++] = (byte) (0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
      text[at++] = (byte) (0xe0 | (point >> 12));
      text[at++] = (byte) (0x80 | ((point >> 6) & 0x3f));
      text[at++] = (byte) (0x80 | (point & 0x3f));
    } else {
      text[at++] = (byte) (0xf0 | (point >> 18));
      text[at++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      text[at++] = (byte) (0x80 | ((point >> 6) & 0x3f));
      text[at++] = (byte) (0x80 | (point & 0x3f));
    }
    return at;
  }

  /// The same array when it is well formed, else a copy with replacement characters.
  static byte[] repaired(byte[] text) {
    return isWellFormed(text) ? text : new String(text, UTF_8).getBytes(UTF_8);
  }

  private static boolean isWellFormed(byte[] text) {
    int at = 0;
    while (at < text.length) {
      int lead = text[at];
      if (lead >= 0) {
        at++;
        continue;
      }
      int more = continuationBytes(lead & 0xff);
      if (more == 0 || at + more >= text.length || !isSequence(text, at, more)) {
        return false;
      }
      at += more + 1;
    }
    return true;
  }

  private static int continuationBytes(int lead) {
    if (lead >= 0xc2 && lead <= 0xdf) {
      return 1;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      return 2;
    }
    return lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
  }

  /// Rules out overlong forms, surrogates and what lies beyond Unicode, all visible in the second
  /// byte.
  private static boolean isSequence(byte[] text, int at, int more) {
    for (int i = at + 1; i <= at + more; i++) {
      if ((text[i] & 0xc0) != 0x80) {
        return false;
      }
    }
    int second = text[at + 1] & 0xff;
    return switch (text[at] & 0xff) {
      case 0xe0 -> second >= 0xa0;
      case 0xed -> second < 0xa0;
      case 0xf0 -> second >= 0x90;
      case 0xf4 -> second < 0x90;
      default -> true;
    };
  }
}
