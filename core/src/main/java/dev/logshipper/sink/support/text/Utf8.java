package dev.logshipper.sink.support.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Repairs UTF-8: a destination may reject a whole batch for one bad byte.
final class Utf8 {
  private static final int REPLACEMENT = 0xfffd;
  private static final int REPLACEMENT_BYTES = 3;

  private Utf8() {}

  /// Appends a code point; half a surrogate pair becomes the replacement character.
  ///
  /// @return the new length
  static int append(byte[] text, int length, int codePoint) {
    int point = codePoint >= 0xd800 && codePoint <= 0xdfff ? REPLACEMENT : codePoint;
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

  /// A copy of `bytes[from, to)` in which each run of invalid bytes is one replacement character.
  /// So a repaired text is never more than twice as long.
  static byte[] repairedCopy(byte[] bytes, int from, int to) {
    if (isWellFormed(bytes, from, to)) {
      return Arrays.copyOfRange(bytes, from, to);
    }
    byte[] repaired = new byte[repair(bytes, from, to, null)];
    repair(bytes, from, to, repaired);
    return repaired;
  }

  /// The same array when it is well-formed, else a repaired copy.
  static byte[] repaired(byte[] text) {
    return isWellFormed(text, 0, text.length) ? text : repairedCopy(text, 0, text.length);
  }

  private static boolean isWellFormed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (bytes[at] >= 0) {
        at++;
        continue;
      }
      int sequence = sequenceLength(bytes, at, to);
      if (sequence == 0) {
        return false;
      }
      at += sequence;
    }
    return true;
  }

  /// @param target the output; null to compute the length only
  /// @return the length of the repaired text
  private static int repair(byte[] bytes, int from, int to, byte @Nullable [] target) {
    int length = 0;
    boolean wasBad = false;
    int at = from;
    while (at < to) {
      int sequence = sequenceLength(bytes, at, to);
      boolean isBad = sequence == 0;
      if (isBad && !wasBad) {
        length = target == null ? length + REPLACEMENT_BYTES : append(target, length, REPLACEMENT);
      }
      if (target != null) {
        System.arraycopy(bytes, at, target, length, sequence);
      }
      length += sequence;
      at += isBad ? 1 : sequence;
      wasBad = isBad;
    }
    return length;
  }

  /// Length of the well-formed sequence that starts here; 0 when there is none.
  private static int sequenceLength(byte[] bytes, int at, int end) {
    int lead = bytes[at];
    if (lead >= 0) {
      return 1;
    }
    int more = continuationBytes(lead & 0xff);
    return more > 0 && at + more < end && isSequence(bytes, at, more) ? more + 1 : 0;
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

  /// Excludes overlong forms, surrogates and values beyond Unicode, all visible in the second byte.
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
