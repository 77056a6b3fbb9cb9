package dev.logshipper.sink;

import static dev.logshipper.sink.LevelNames.NONE;
import static dev.logshipper.sink.LevelNames.isDigit;
import static dev.logshipper.sink.LevelNames.isLetter;

/// Reads the level of lines of `name=value`, as logfmt writes them. Ends at the first word that is
/// no such pair: from there on, it is a message.
final class FieldLevel {
  private static final String NAMES = " level lvl severity loglevel log_level log.level levelname ";

  private FieldLevel() {}

  static boolean startsWithField(byte[] line, int at, int to) {
    int end = endOfName(line, at, to);
    return end > at && end < to && line[end] == '=';
  }

  /// The first level decides: loggers write their own before the fields of the call.
  static int read(byte[] line, int from) {
    return read(line, from, false);
  }

  /// The index after all pairs.
  static int end(byte[] line, int from) {
    return read(line, from, true);
  }

  private static int read(byte[] line, int from, boolean toEnd) {
    int at = from;
    while (at < line.length) {
      int equals = endOfName(line, at, line.length);
      if (equals == at || equals >= line.length || line[equals] != '=') {
        return toEnd ? at : NONE;
      }
      int value = LevelReader.afterColours(line, equals + 1, line.length);
      boolean quoted = value < line.length && line[value] == '"';
      int end = quoted ? endOfQuoted(line, value + 1) : endOfWord(line, value);
      if (!toEnd && isLevel(line, at, equals)) {
        return LevelNames.findWithDistance(line, quoted ? value + 1 : value, end);
      }
      at = LevelReader.afterColours(line, quoted ? end + 1 : end, line.length);
      while (at < line.length && line[at] == ' ') {
        at = LevelReader.afterColours(line, at + 1, line.length);
      }
    }
    return toEnd ? Math.min(at, line.length) : NONE;
  }

  private static int endOfName(byte[] line, int from, int to) {
    int at = from;
    while (at < to
        && (isLetter(line[at])
            || isDigit(line[at])
            || line[at] == '_'
            || line[at] == '.'
            || line[at] == '-'
            || line[at] == '@')) {
      at++;
    }
    return at;
  }

  private static int endOfWord(byte[] line, int from) {
    int at = from;
    while (at < line.length && line[at] > ' ') {
      at++;
    }
    return at;
  }

  private static int endOfQuoted(byte[] line, int from) {
    int at = from;
    while (at < line.length && line[at] != '"') {
      at += line[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, line.length);
  }

  private static boolean isLevel(byte[] line, int from, int to) {
    int name = 1;
    while (name < NAMES.length()) {
      int end = NAMES.indexOf(' ', name);
      int i = 0;
      while (i < to - from && i < end - name && NAMES.charAt(name + i) == (line[from + i] | 0x20)) {
        i++;
      }
      if (i == to - from && i == end - name) {
        return true;
      }
      name = end + 1;
    }
    return false;
  }
}
