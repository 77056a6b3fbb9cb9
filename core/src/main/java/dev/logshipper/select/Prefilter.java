package dev.logshipper.select;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Recognizes most texts in which an expression does not occur, because none of the sequences is in
/// them of which each match has one. One pass over the text, a few instructions per byte, whatever
/// the text: the method of Baeza-Yates and Gonnet (*shift-and*), with a bit for each position in a
/// sequence. Immutable.
final class Prefilter {
  /// One bit each.
  static final int POSITIONS_MAX = Long.SIZE;

  /// For each byte, the positions whose set it is in.
  private final long[] positionsOf = new long[256];

  /// The first and the last positions of the sequences.
  private final long starts;

  private final long ends;

  private Prefilter(Sequences sequences) {
    long first = 0;
    long last = 0;
    int position = 0;
    for (List<BitSet> sequence : sequences.alternatives()) {
      first |= 1L << position;
      for (BitSet bytes : sequence) {
        for (int b = bytes.nextSetBit(0); b >= 0; b = bytes.nextSetBit(b + 1)) {
          positionsOf[b] |= 1L << position;
        }
        position++;
      }
      last |= 1L << (position - 1);
    }
    this.starts = first;
    this.ends = last;
  }

  /// The prefilter of a valid expression; null when all texts might match.
  static @Nullable Prefilter of(String expression) {
    Sequences required = ShapeReader.read(expression).required();
    return required == null
        ? null
        : new Prefilter(required.cutTo(POSITIONS_MAX / required.alternatives().size()));
  }

  /// Whether the expression may occur in a text of well-formed UTF-8.
  boolean mayOccurIn(byte[] utf8) {
    long state = 0;
    for (byte b : utf8) {
      state = (state << 1 | starts) & positionsOf[b & 0xff];
      if ((state & ends) != 0) {
        return true;
      }
    }
    return false;
  }
}
