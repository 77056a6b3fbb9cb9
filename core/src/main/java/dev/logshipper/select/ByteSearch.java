package dev.logshipper.select;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Searches for bytes by the method of Knuth, Morris and Pratt: each byte of the text is looked at
/// once, as the text may be made to be slow. Immutable.
final class ByteSearch {
  private final byte[] wanted;
  private final boolean foldsCase;

  /// For each number of bytes that matched, how many still do when the next one does not.
  private final int[] fallback;

  /// @param foldsCase whether the case of ASCII letters makes no difference; they are lower case in
  ///   `wanted`
  ByteSearch(byte[] wanted, boolean foldsCase) {
    this.wanted = wanted;
    this.foldsCase = foldsCase;
    this.fallback = new int[wanted.length + 1];
    int matched = 0;
    for (int at = 1; at < wanted.length; at++) {
      matched = next(matched, wanted[at]);
      fallback[at + 1] = matched;
    }
  }

  int length() {
    return wanted.length;
  }

  /// For each of the bytes, those that match it.
  List<BitSet> positions() {
    List<BitSet> positions = new ArrayList<>();
    for (byte b : wanted) {
      BitSet matching = new BitSet();
      matching.set(b & 0xff);
      boolean isLetter = b >= 'a' && b <= 'z';
      matching.set(foldsCase && isLetter ? b & ~0x20 : b & 0xff);
      positions.add(matching);
    }
    return positions;
  }

  /// Index of the first occurrence at or after `from`, or -1.
  int indexIn(byte[] text, int from) {
    byte first = wanted[0];
    int matched = 0;
    for (int at = from; at < text.length; at++) {
      byte b = foldsCase ? lower(text[at]) : text[at];
      if (matched > 0 || b == first) {
        matched = next(matched, b);
        if (matched == wanted.length) {
          return at + 1 - matched;
        }
      }
    }
    return -1;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
  }

  private int next(int matchedBefore, byte b) {
    int matched = matchedBefore;
    while (matched > 0 && wanted[matched] != b) {
      matched = fallback[matched];
    }
    return wanted[matched] == b ? matched + 1 : 0;
  }
}
