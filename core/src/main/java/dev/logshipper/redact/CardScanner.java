package dev.logshipper.redact;

/// Payment card numbers: 13 to 19 digits with a known prefix and a right check digit (ISO/IEC
/// 7812), written together or in the groups printed on cards, separated by spaces, dashes or dots.
///
/// Digits are no card number as part of a longer number, a fraction, a word, a UUID or an
/// international telephone number.
final class CardScanner implements ValueScanner {
  private static final int DIGITS_MIN = 13;
  private static final int DIGITS_MAX = 19;

  /// How cards and forms group the digits.
  private static final int[][] GROUPINGS = {
    {4, 4, 4, 4, 3},
    {4, 4, 4, 4},
    {4, 6, 5},
    {4, 6, 4},
    {4, 4, 4, 3},
    {4, 4, 5},
    {4, 3, 3, 3},
    {4, 4, 4, 1},
    {6, 13},
    {8, 8},
  };

  @Override
  public int digitShapes() {
    return DigitRun.LONG | DigitRun.BEFORE_DASH | DigitRun.BEFORE_DOT | DigitRun.BEFORE_SPACE;
  }

  @Override
  public boolean find(Text text, int at) {
    byte first = text.at(at);
    if (first < '2' || (first > '6' && first < '8') || !startsNumber(text, at)) {
      return false;
    }
    int end = endOfRun(text, at);
    int digits = end - at;
    if (digits >= DIGITS_MIN) {
      return digits <= DIGITS_MAX && endsNumber(text, end) && isCard(text, at, end);
    }
    return isSeparator(text.at(end)) && text.isDigit(end + 1) && findGrouped(text, at, digits);
  }

  /// Without separators.
  @Override
  public String canonical(String value) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      }
    }
    return digits.toString();
  }

  private static boolean startsNumber(Text text, int at) {
    return switch (text.at(at - 1)) {
      case '+' -> false;
      case '.' -> !text.isDigit(at - 2);
      case '-' -> !text.isDigit(at - 2);
      default -> !text.isLetterOrDigit(at - 1);
    };
  }

  private static boolean endsNumber(Text text, int end) {
    return switch (text.at(end)) {
      case '.', '-' -> !text.isDigit(end + 1);
      default -> !text.isLetterOrDigit(end);
    };
  }

  private static boolean findGrouped(Text text, int at, int firstGroup) {
    byte separator = text.at(at + firstGroup);
    for (int[] grouping : GROUPINGS) {
      int end = grouping[0] == firstGroup ? endOfGroups(text, at, grouping, separator) : at;
      if (end > at && endsNumber(text, end) && isCard(text, at, end)) {
        return true;
      }
    }
    return false;
  }

  /// Returns the end of the last group, or `at` if these are other groups.
  private static int endOfGroups(Text text, int at, int[] grouping, byte separator) {
    int start = at;
    for (int group = 0; group < grouping.length; group++) {
      int end = start + grouping[group];
      if (endOfRun(text, start) != end) {
        return at;
      }
      boolean isLast = group == grouping.length - 1;
      if (isLast) {
        return end;
      }
      if (text.at(end) != separator) {
        return at;
      }
      start = end + 1;
    }
    return at;
  }

  /// Index after digits in a row, or one beyond the longest card number.
  private static int endOfRun(Text text, int at) {
    int end = at;
    while (end - at <= DIGITS_MAX && text.isDigit(end)) {
      end++;
    }
    return end;
  }

  private static boolean isSeparator(byte b) {
    return b == ' ' || b == '-' || b == '.';
  }

  private static boolean isCard(Text text, int from, int to) {
    int digits = 0;
    int prefix = 0;
    int sum = 0;
    boolean isDoubled = false;
    for (int at = to - 1; at >= from; at--) {
      if (text.isDigit(at)) {
        int digit = text.at(at) - '0';
        sum += isDoubled ? digit * 2 - (digit > 4 ? 9 : 0) : digit;
        isDoubled = !isDoubled;
        digits++;
      }
    }
    for (int at = from, read = 0; read < 6; at++) {
      if (text.isDigit(at)) {
        prefix = prefix * 10 + text.at(at) - '0';
        read++;
      }
    }
    return sum % 10 == 0 && isIssued(prefix, digits) && text.found(from, to);
  }

  /// Whether issuers use the prefix with this number of digits.
  private static boolean isIssued(int six, int digits) {
    int four = six / 100;
    int three = six / 1000;
    int two = six / 10_000;
    if (two / 10 == 4) { // Visa
      return digits == 13 || digits == 16 || digits == 19;
    }
    if (two == 34 || two == 37) { // American Express
      return digits == 15;
    }
    if (two == 36 || two == 38 || two == 39 || (three >= 300 && three <= 305)) { // Diners Club
      return digits >= 14;
    }
    if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) { // Mastercard
      return digits == 16;
    }
    if (two == 50 || (two >= 56 && two <= 58) || two / 10 == 6) { // Maestro, Discover, UnionPay…
      return (two != 60 && two != 65) || digits >= 16;
    }
    // JCB, Mir, RuPay and UnionPay, Troy
    boolean other = (four >= 3528 && four <= 3589) || (four >= 2200 && four <= 2204);
    return (other || two == 81 || two == 82 || four == 9792) && digits >= 16;
  }
}
