package dev.logshipper.sink;

import static dev.logshipper.sink.LevelNames.isDigit;
import static dev.logshipper.sink.LevelNames.isLetter;

/// Recognises the times that loggers write: dates and clocks in any order and notation, seconds
/// since 1970.
final class TimePrefix {
  /// Traits of a time, in the bits above its end.
  static final int SLASHES = 1 << 16;

  static final int FRACTION = 1 << 17;
  static final int MERIDIEM = 1 << 18;
  static final int ZONE_WITHOUT_COLON = 1 << 19;

  private static final int DATE = 1 << 20;
  private static final int CLOCK = 1 << 21;
  private static final int MONTH = 1 << 22;
  private static final int END = SLASHES - 1;

  private static final int MONTH_LETTERS = 3;
  private static final int PARTS_MAX = 7;
  private static final int EPOCH_DIGITS_MIN = 10;

  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String ZONES = "UTCGMTCETESTEDTCSTCDTMSTMDTPSTPDTJSTBST";

  private TimePrefix() {}

  /// Reads a time.
  ///
  /// @param to below 65,536
  /// @return 0 when there is none; otherwise its end and traits
  static int read(byte[] bytes, int from, int to) {
    int at = from;
    int traits = 0;
    int end = 0;
    for (int i = 0; i < PARTS_MAX && at < to; i++) {
      int part = part(bytes, at, to, traits);
      if (part == 0) {
        break;
      }
      traits |= part & ~END;
      end = part & END;
      at = nextPart(bytes, end, to);
    }
    return (traits & (DATE | CLOCK)) == 0 ? 0 : end | traits;
  }

  static int end(int time) {
    return time & END;
  }

  private static int nextPart(byte[] bytes, int end, int to) {
    int at = end;
    if (at < to && bytes[at] == ',') {
      at++;
    }
    int spaces = at;
    while (at < to && bytes[at] == ' ' && at < spaces + 2) {
      at++;
    }
    return at;
  }

  private static int part(byte[] bytes, int at, int to, int traits) {
    byte first = bytes[at];
    if (isDigit(first)) {
      return number(bytes, at, to, traits);
    }
    if (isLetter(first)) {
      return word(bytes, at, to, traits);
    }
    boolean isZone = (first == '+' || first == '-') && (traits & CLOCK) != 0;
    return isZone ? zone(bytes, at, to) : 0;
  }

  /// `+0000`, `+00:00`, `-05`.
  private static int zone(byte[] bytes, int sign, int to) {
    int at = sign + 1;
    boolean colon = false;
    while (at < to && (isDigit(bytes[at]) || (bytes[at] == ':' && at == sign + 3))) {
      colon |= bytes[at] == ':';
      at++;
    }
    int length = at - sign - 1;
    if (length == 4) {
      return at | ZONE_WITHOUT_COLON;
    }
    return length == 2 || (length == 5 && colon) ? at : 0;
  }

  private static int word(byte[] bytes, int at, int to, int traits) {
    int end = at;
    while (end < to && isLetter(bytes[end])) {
      end++;
    }
    int length = end - at;
    if (length == 2 && (traits & CLOCK) != 0) {
      boolean meridiem =
          ((bytes[at] | 0x20) == 'a' || (bytes[at] | 0x20) == 'p') && (bytes[at + 1] | 0x20) == 'm';
      return meridiem ? end | MERIDIEM : 0;
    }
    if (length != MONTH_LETTERS) {
      return 0;
    }
    if (isIn(MONTHS, bytes, at)) {
      return end | MONTH;
    }
    boolean known = isIn((traits & CLOCK) != 0 ? ZONES : DAYS, bytes, at);
    return known ? end : 0;
  }

  /// Whether the three letters at `from` are in a list of such texts.
  private static boolean isIn(String list, byte[] bytes, int from) {
    for (int at = 0; at < list.length(); at += MONTH_LETTERS) {
      if (list.charAt(at) == bytes[from]
          && list.charAt(at + 1) == bytes[from + 1]
          && list.charAt(at + 2) == bytes[from + 2]) {
        return true;
      }
    }
    return false;
  }

  /// A run of digits and the characters that stand between the digits of a time.
  private static int number(byte[] bytes, int from, int to, int traits) {
    int at = from;
    int colons = 0;
    int dates = 0;
    int group = 0;
    int longest = 0;
    int found = 0;
    while (at < to) {
      byte b = bytes[at];
      if (isDigit(b)) {
        longest = Math.max(longest, ++group);
      } else if (isMonthBetween(bytes, at, to)) {
        found |= DATE | (b == '/' ? SLASHES : 0);
        at += 4;
        group = 0;
      } else if (at + 1 < to && isDigit(bytes[at + 1]) && isSeparator(b, colons)) {
        colons += b == ':' ? 1 : 0;
        dates += b == '-' || b == '/' || (b == '.' && colons == 0) ? 1 : 0;
        found |= b == '/' ? SLASHES : 0;
        found |= (b == '.' || b == ',') && colons > 0 ? FRACTION : 0;
        group = 0;
      } else {
        break;
      }
      at++;
    }
    return numberOf(bytes, from, at, to, traits, colons, dates, longest, found);
  }

  private static boolean isSeparator(byte b, int colons) {
    return b == ':'
        || b == '-'
        || b == '/'
        || b == '.'
        || b == 'T'
        || b == '|'
        || b == '_'
        || (b == ',' && colons > 0);
  }

  /// `-Nov-` and `/Nov/` between numbers.
  private static boolean isMonthBetween(byte[] bytes, int at, int to) {
    return (bytes[at] == '-' || bytes[at] == '/')
        && at + 4 < to
        && bytes[at + 4] == bytes[at]
        && isIn(MONTHS, bytes, at + 1);
  }

  private static int numberOf(
      byte[] bytes,
      int from,
      int end,
      int to,
      int traits,
      int colons,
      int dates,
      int longest,
      int found) {
    int kinds = found;
    if (colons > 0) {
      kinds |= CLOCK | (dates >= 1 ? DATE : 0);
    } else if (dates >= 2 && (longest == 4 || (longest == 2 && !isDotted(bytes, from, end)))) {
      kinds |= DATE;
    } else if (longest >= EPOCH_DIGITS_MIN) {
      return afterExponent(bytes, end, to) | CLOCK;
    } else if ((kinds & DATE) == 0 && !isDayOrYear(bytes, end, to, end - from, traits)) {
      return 0;
    }
    return zoned(bytes, end, to) | kinds;
  }

  private static boolean isDotted(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != '.') {
      at++;
    }
    return at < end;
  }

  /// A day or a year belongs to the name of a month.
  private static boolean isDayOrYear(byte[] bytes, int end, int to, int digits, int traits) {
    if ((traits & MONTH) != 0) {
      return digits == 4 || digits <= 2;
    }
    int month = end + 1;
    return digits <= 2
        && month + 3 < to
        && bytes[end] == ' '
        && bytes[month + 3] == ' '
        && isIn(MONTHS, bytes, month);
  }

  /// Includes `Z` and a zone that follows without a space.
  private static int zoned(byte[] bytes, int end, int to) {
    if (end < to && bytes[end] == 'Z' && (end + 1 == to || !isLetter(bytes[end + 1]))) {
      return end + 1;
    }
    if (end < to && (bytes[end] == '+' || bytes[end] == '-')) {
      int zone = zone(bytes, end, to);
      return zone == 0 ? end : zone;
    }
    boolean meridiem =
        end + 1 < to
            && (bytes[end] == 'A' || bytes[end] == 'P')
            && bytes[end + 1] == 'M'
            && (end + 2 == to || !isLetter(bytes[end + 2]));
    return meridiem ? end + 2 : end;
  }

  /// Go's zap prints seconds as `1.7958282359787562e+09`.
  private static int afterExponent(byte[] bytes, int end, int to) {
    boolean exponent = end + 3 < to && bytes[end] == 'e' && bytes[end + 1] == '+';
    return exponent ? end + 4 : end;
  }
}
