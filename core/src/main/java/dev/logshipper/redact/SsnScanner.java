package dev.logshipper.redact;

/// US social security numbers with dashes, of areas, groups and serials that are issued: not 000,
/// 666 or 9xx, not 00, not 0000.
final class SsnScanner implements ValueScanner {
  @Override
  public int digitShapes() {
    return DigitRun.BEFORE_DASH;
  }

  @Override
  public boolean find(Text text, int at) {
    if (text.at(at + 3) != '-' || text.at(at + 6) != '-' || !hasDigits(text, at)) {
      return false;
    }
    int area = number(text, at, 3);
    boolean isIssued =
        area > 0
            && area != 666
            && area < 900
            && number(text, at + 4, 2) > 0
            && number(text, at + 7, 4) > 0;
    return isIssued && isAlone(text, at) && text.found(at, at + 11);
  }

  private static boolean hasDigits(Text text, int at) {
    return text.isDigit(at + 1)
        && text.isDigit(at + 2)
        && text.isDigit(at + 4)
        && text.isDigit(at + 5)
        && text.isDigit(at + 7)
        && text.isDigit(at + 8)
        && text.isDigit(at + 9)
        && text.isDigit(at + 10);
  }

  /// Not part of a longer number, word or list of numbers with dashes.
  private static boolean isAlone(Text text, int at) {
    byte before = text.at(at - 1);
    byte after = text.at(at + 11);
    return !text.isLetterOrDigit(at - 1)
        && before != '+'
        && !(isJoint(before) && text.isLetterOrDigit(at - 2))
        && !text.isLetterOrDigit(at + 11)
        && !(isJoint(after) && text.isLetterOrDigit(at + 12));
  }

  private static boolean isJoint(byte b) {
    return b == '-' || b == '.';
  }

  private static int number(Text text, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      number = number * 10 + text.at(i) - '0';
    }
    return number;
  }
}
