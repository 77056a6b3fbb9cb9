package dev.logshipper.select;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Alternative sequences of sets of bytes: `x[0-9]` or `y`. A text has one of them at an index if
/// its bytes from there on are in the sets. Small, and immutable.
///
/// @param alternatives at least one; an empty one is in every text
record Sequences(List<List<BitSet>> alternatives) {
  /// As many as can be distinguished with [Prefilter#POSITIONS_MAX] positions in all.
  private static final int COUNT_MAX = 16;

  private static final int LENGTH_MAX = 24;

  /// The empty sequence.
  static final Sequences EMPTY = new Sequences(List.of(List.of()));

  Sequences {
    alternatives = List.copyOf(alternatives);
  }

  /// One sequence.
  static Sequences of(List<BitSet> positions) {
    return new Sequences(List.of(List.copyOf(positions)));
  }

  boolean hasEmpty() {
    for (List<BitSet> alternative : alternatives) {
      if (alternative.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /// Each of these followed by each of the others; null when these are too many, or too long.
  @Nullable Sequences followedBy(Sequences others) {
    Set<List<BitSet>> all = new LinkedHashSet<>();
    for (List<BitSet> first : alternatives) {
      for (List<BitSet> second : others.alternatives) {
        if (first.size() + second.size() > LENGTH_MAX) {
          return null;
        }
        List<BitSet> both = new ArrayList<>(first);
        both.addAll(second);
        all.add(List.copyOf(both));
      }
    }
    return all.size() > COUNT_MAX ? null : new Sequences(List.copyOf(all));
  }

  /// These and the others; null when these are too many.
  @Nullable Sequences or(Sequences others) {
    Set<List<BitSet>> all = new LinkedHashSet<>(alternatives);
    all.addAll(others.alternatives);
    return all.size() > COUNT_MAX ? null : new Sequences(List.copyOf(all));
  }

  /// Their rarity in log lines in bits: 10 for one in 1,024 indexes.
  double bits() {
    double least = Double.MAX_VALUE;
    for (List<BitSet> alternative : alternatives) {
      least = Math.min(least, bits(alternative));
    }
    return least - Math.log(alternatives.size()) / Math.log(2);
  }

  /// These with each sequence cut to the part that is least frequent.
  Sequences cutTo(int length) {
    List<List<BitSet>> cut = new ArrayList<>();
    for (List<BitSet> alternative : alternatives) {
      List<BitSet> best = alternative.subList(0, Math.min(length, alternative.size()));
      for (int from = 1; from + length <= alternative.size(); from++) {
        List<BitSet> part = alternative.subList(from, from + length);
        best = bits(part) > bits(best) ? part : best;
      }
      cut.add(List.copyOf(best));
    }
    return new Sequences(cut);
  }

  private static double bits(List<BitSet> sequence) {
    double bits = 0;
    for (BitSet bytes : sequence) {
      double share = 0;
      for (int b = bytes.nextSetBit(0); b >= 0; b = bytes.nextSetBit(b + 1)) {
        share += share(b);
      }
      bits -= Math.log(Math.min(1, share)) / Math.log(2);
    }
    return bits;
  }

  /// About how much of a log is this byte.
  private static double share(int b) {
    if (b >= 'a' && b <= 'z') {
      return 0.02;
    }
    if (b >= '0' && b <= '9') {
      return 0.015;
    }
    if (b == ' ') {
      return 0.1;
    }
    return b == '"' || b == ':' || b == '-' || b == '.' || b == ',' ? 0.02 : 0.003;
  }
}
