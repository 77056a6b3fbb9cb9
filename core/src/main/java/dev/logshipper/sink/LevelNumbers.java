package dev.logshipper.sink;

import static dev.logshipper.sink.LevelNames.isDigit;

import org.jspecify.annotations.Nullable;

/// The numbers that loggers write for levels. Only the exact numbers of a logger count, as others
/// have their own meaning in an application.
final class LevelNumbers {
  private static final int DIGITS_MAX = 6;

  private LevelNumbers() {}

  /// A whole number; -1 for any other.
  static int parse(byte[] bytes, int from, int to) {
    int value = 0;
    for (int at = from; at < to; at++) {
      if (!isDigit(bytes[at]) || at - from == DIGITS_MAX) {
        return -1;
      }
      value = value * 10 + bytes[at] - '0';
    }
    return value;
  }

  /// pino and bunyan (10 to 60), Monolog (100 to 600), Log4j 1 and Logback (5,000 to 50,000).
  static @Nullable Severity ofAnyLogger(int number) {
    return switch (number) {
      case 10 -> Severity.TRACE;
      case 20, 100 -> Severity.DEBUG;
      case 30, 200, 250 -> Severity.INFO;
      case 40, 300 -> Severity.WARN;
      case 50, 400 -> Severity.ERROR;
      case 60, 500, 550, 600 -> Severity.FATAL;
      default -> log4j(number);
    };
  }

  static @Nullable Severity log4j(int number) {
    return number < 5_000 || number > 50_000 || number % 1_000 != 0 ? null : tens(number / 1_000);
  }

  static @Nullable Severity python(int number) {
    return number < 5 || number > 50 ? null : tens(number);
  }

  /// 10 is debug and 50 fatal.
  private static Severity tens(int number) {
    return switch (number / 10) {
      case 0 -> Severity.TRACE;
      case 1 -> Severity.DEBUG;
      case 2 -> Severity.INFO;
      case 3 -> Severity.WARN;
      case 4 -> Severity.ERROR;
      default -> Severity.FATAL;
    };
  }

  /// 1 to 24, four for each severity.
  static @Nullable Severity openTelemetry(int number) {
    return number < 1 || number > 24 ? null : LevelNames.severity((number - 1) / 4 + 1);
  }
}
