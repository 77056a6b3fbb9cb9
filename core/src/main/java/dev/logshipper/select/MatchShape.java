package dev.logshipper.select;

import org.jspecify.annotations.Nullable;

/// Facts about all texts that an expression matches, to be derived from the facts about its parts.
/// Immutable.
///
/// @param prefix one of these is at the start of each match
/// @param suffix one of these is at the end of each match
/// @param isWhole whether each match is one of `prefix`, which equals `suffix`
/// @param required one of these is in each match; null if nothing is known to be
record MatchShape(
    Sequences prefix, Sequences suffix, boolean isWhole, @Nullable Sequences required) {
  /// Matches of nothing, as of `^`.
  static final MatchShape EMPTY = whole(Sequences.EMPTY);

  /// Matches of anything.
  static final MatchShape UNKNOWN = new MatchShape(Sequences.EMPTY, Sequences.EMPTY, false, null);

  /// Copies of a repeated part that are looked at.
  private static final int COPIES_MAX = 8;

  /// Each match is one of these.
  static MatchShape whole(Sequences matches) {
    return new MatchShape(matches, matches, true, usable(matches));
  }

  private static @Nullable Sequences usable(@Nullable Sequences sequences) {
    return sequences == null || sequences.hasEmpty() ? null : sequences;
  }

  /// This, then the other.
  MatchShape then(MatchShape other) {
    Sequences joint = suffix.followedBy(other.prefix);
    if (isWhole && other.isWhole && joint != null) {
      return whole(joint);
    }
    Sequences start = isWhole ? joint : prefix;
    Sequences end = other.isWhole ? joint : other.suffix;
    return new MatchShape(
        start == null ? prefix : start,
        end == null ? other.suffix : end,
        false,
        rarer(rarer(required, other.required), usable(joint)));
  }

  private static @Nullable Sequences rarer(@Nullable Sequences a, @Nullable Sequences b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return b.bits() > a.bits() ? b : a;
  }

  /// This or the other.
  MatchShape or(MatchShape other) {
    Sequences starts = prefix.or(other.prefix);
    if (isWhole && other.isWhole && starts != null) {
      return whole(starts);
    }
    Sequences ends = suffix.or(other.suffix);
    Sequences both =
        required == null || other.required == null ? null : required.or(other.required);
    return new MatchShape(
        starts == null ? Sequences.EMPTY : starts,
        ends == null ? Sequences.EMPTY : ends,
        false,
        both);
  }

  /// This several times.
  ///
  /// @param max -1 for any number
  MatchShape repeated(int min, int max) {
    if (min == 0) {
      return max == 0 ? EMPTY : max == 1 ? or(EMPTY) : UNKNOWN;
    }
    MatchShape copies = this;
    for (int i = 1; i < Math.min(min, COPIES_MAX); i++) {
      copies = copies.then(this);
    }
    boolean isExact = min == max && min <= COPIES_MAX;
    return isExact ? copies : new MatchShape(copies.prefix, copies.suffix, false, copies.required);
  }
}
