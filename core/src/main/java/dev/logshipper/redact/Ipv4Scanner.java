package dev.logshipper.redact;

/// IPv4 addresses: four numbers up to 255. Versions of four numbers, such as `v1.2.3.4`, `version
/// 1.2.3.4` and `Chrome/120.0.0.0`, are none.
final class Ipv4Scanner implements ValueScanner {
  private static final int OCTETS = 4;

  @Override
  public int digitShapes() {
    return DigitRun.BEFORE_DOT;
  }

  @Override
  public boolean find(Text text, int at) {
    int end = endOfAddress(text, at);
    return end > at
        && !isPartOfMore(text, at, end)
        && !isVersion(text, at, end)
        && text.found(at, end);
  }

  /// Index after an address, or `at` when there is none.
  static int endOfAddress(Text text, int at) {
    int end = at;
    for (int octet = 0; octet < OCTETS; octet++) {
      int start = octet == 0 ? at : end + 1;
      if (octet > 0 && text.at(end) != '.') {
        return at;
      }
      end = endOfOctet(text, start);
      if (end == start) {
        return at;
      }
    }
    return end;
  }

  private static int endOfOctet(Text text, int start) {
    int value = 0;
    int at = start;
    while (at - start <= 3 && text.isDigit(at)) {
      value = value * 10 + text.at(at) - '0';
      at++;
    }
    boolean isZeroPadded = text.at(start) == '0' && at - start > 1;
    return value <= 255 && at - start <= 3 && !isZeroPadded ? at : start;
  }

  private static boolean isPartOfMore(Text text, int at, int end) {
    byte before = text.at(at - 1);
    return text.isLetterOrDigit(at - 1)
        || (before == '.' && text.isLetterOrDigit(at - 2))
        || text.isLetterOrDigit(end)
        || (text.at(end) == '.' && text.isLetterOrDigit(end + 1));
  }

  private static boolean isVersion(Text text, int at, int end) {
    int name = at;
    while (at - name < 4 && isAssignment(text.at(name - 1))) {
      name--;
    }
    if (text.at(at - 1) == '/') {
      return text.isLetter(at - 2) && text.hasWordBefore(".0.0.0", end);
    }
    return name < at && (text.hasWordBefore("version", name) || text.hasWordBefore("ver.", name));
  }

  private static boolean isAssignment(byte b) {
    return b == ' ' || b == '=' || b == ':' || b == '"' || b == '\'';
  }
}
