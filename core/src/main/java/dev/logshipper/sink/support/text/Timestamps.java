package dev.logshipper.sink.support.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// Converts the platform's times, `2026-11-21T10:15:30.123Z`, to milliseconds and back without
/// `java.time`, whose parser costs some 10 ms at its first use; each record needs it. Stateless.
public final class Timestamps {
  private static final int CANONICAL_CHARS = 24;
  private static final long MILLIS_PER_DAY = 86_400_000L;

  private Timestamps() {}

  /// Milliseconds since 1970, or 0 for a text that is not a UTC time. Digits beyond milliseconds
  /// are dropped.
  public static long parseMillis(String time) {
    int length = time.length();
    if (length < 20 || time.charAt(length - 1) != 'Z' || !hasShape(time) || !isInRange(time)) {
      return 0;
    }
    int millis = 0;
    int weight = 100;
    for (int i = 20; i < length - 1; i++) {
      int digit = time.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      millis += digit * weight;
      weight /= 10;
    }
    long day = epochDay(number(time, 0, 4), number(time, 5, 2), number(time, 8, 2));
    long seconds = number(time, 11, 2) * 3600L + number(time, 14, 2) * 60L + number(time, 17, 2);
    return day * MILLIS_PER_DAY + seconds * 1000 + millis;
  }

  /// Whether a text is in the form of [#format].
  public static boolean isCanonical(String time) {
    if (time.length() != CANONICAL_CHARS || time.charAt(23) != 'Z' || !hasShape(time)) {
      return false;
    }
    for (int i = 20; i < 23; i++) {
      if (time.charAt(i) < '0' || time.charAt(i) > '9') {
        return false;
      }
    }
    boolean ordinary = isInRange(time) && number(time, 17, 2) < 60;
    // The length of a month matters only at its end; there, formatting the result shows it.
    return ordinary && (number(time, 8, 2) <= 28 || format(parseMillis(time)).equals(time));
  }

  /// The platform's form of a time of the years 0 to 9999, 24 characters.
  public static String format(long epochMillis) {
    long day = Math.floorDiv(epochMillis, MILLIS_PER_DAY);
    int ofDay = (int) Math.floorMod(epochMillis, MILLIS_PER_DAY);
    // Days since 0000-03-01: leap days then end a year.
    long shifted = day + 719_468;
    long era = Math.floorDiv(shifted, 146_097);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    byte[] text = new byte[CANONICAL_CHARS];
    put(text, 0, 4, (int) (yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), '-');
    put(text, 5, 2, month, '-');
    put(text, 8, 2, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 'T');
    put(text, 11, 2, ofDay / 3_600_000, ':');
    put(text, 14, 2, ofDay / 60_000 % 60, ':');
    put(text, 17, 2, ofDay / 1000 % 60, '.');
    put(text, 20, 3, ofDay % 1000, 'Z');
    return new String(text, ISO_8859_1);
  }

  private static boolean hasShape(String time) {
    for (int i = 0; i < 19; i++) {
      char c = time.charAt(i);
      boolean fits =
          switch (i) {
            case 4, 7 -> c == '-';
            case 10 -> c == 'T';
            case 13, 16 -> c == ':';
            default -> c >= '0' && c <= '9';
          };
      if (!fits) {
        return false;
      }
    }
    char next = time.charAt(19);
    return next == '.' || (next == 'Z' && time.length() == 20);
  }

  /// Whether a clock could show it, a leap second included.
  private static boolean isInRange(String time) {
    int month = number(time, 5, 2);
    int day = number(time, 8, 2);
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= 31
        && number(time, 11, 2) < 24
        && number(time, 14, 2) < 60
        && number(time, 17, 2) <= 60;
  }

  private static long epochDay(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  private static int number(String text, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  /// Digit by digit: each record's time is written, and objects for its parts were a third of the
  /// encoding's time.
  private static void put(byte[] text, int from, int digits, int number, char next) {
    int rest = number;
    for (int i = from + digits - 1; i >= from; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    text[from + digits] = (byte) next;
  }
}
