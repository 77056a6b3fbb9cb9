package dev.logshipper.redact;

/// The surroundings of digits in a row. Most of a log's digits are in times and ids, and their
/// surroundings show at once that they begin no value.
final class DigitRun {
  /// A dash and a digit follow.
  static final int BEFORE_DASH = 1;

  /// A dot and a digit follow.
  static final int BEFORE_DOT = 2;

  /// A space and a digit follow.
  static final int BEFORE_SPACE = 4;

  /// There are 13 or more.
  static final int LONG = 8;

  /// There is a letter in front of them.
  static final int AFTER_LETTER = 16;

  /// The number of all combinations.
  static final int SHAPES = 32;

  private static final int LONG_DIGITS = 13;

  private DigitRun() {}

  /// The flags of a run.
  static int shape(Text text, int from, int to) {
    int shape = to - from >= LONG_DIGITS ? LONG : 0;
    if (text.isLetter(from - 1)) {
      shape |= AFTER_LETTER;
    }
    byte after = text.at(to);
    if (after <= '.' && text.isDigit(to + 1)) {
      shape |=
          after == '-' ? BEFORE_DASH : after == '.' ? BEFORE_DOT : after == ' ' ? BEFORE_SPACE : 0;
    }
    return shape;
  }
}
