package dev.logshipper.sink;

import static dev.logshipper.sink.LevelNames.NONE;
import static dev.logshipper.sink.LevelNames.isDigit;

/// Reads the level among the fields in front of a message: times, groups in brackets, names of
/// threads and loggers, numbers of processes. Ends at the first word that may belong to a message.
final class HeadLevel {
  /// More fields than any pattern has.
  private static final int FIELDS_MAX = 12;

  private static final int WORDS_MAX = 3;

  private HeadLevel() {}

  static int read(byte[] line, int from, int to) {
    int at = from;
    int time = 0;
    int words = 0;
    byte separator = 0;
    int message = from;
    for (int i = 0; i < FIELDS_MAX && at < to; i++) {
      byte first = line[at];
      int end;
      if (first == '[' || (time != 0 && (first == '(' || first == '{' || first == '<'))) {
        end = HeadGroup.end(line, at, to);
        int found = end < 0 ? NONE : HeadGroup.read(line, at + 1, end - 1, time != 0, i);
        if (end < 0) {
          return i == 0 ? MarkedLevel.inOpenBracket(line, at, to) : NONE;
        }
        if (HeadGroup.isLevel(found)) {
          return HeadGroup.level(found);
        }
        time |= HeadGroup.time(found);
      } else {
        int read = time == 0 || isDigit(first) ? TimePrefix.read(line, at, to) : 0;
        end = TimePrefix.end(read);
        if (read != 0) {
          time |= read;
          message = end;
        } else {
          int code = HeadWord.level(line, at, to, i, time, separator);
          if (code != NONE) {
            return code;
          }
          end = words == WORDS_MAX ? -1 : HeadWord.skip(line, at, to, i, time, separator);
          words++;
          if (end < 0) {
            return onSecondLine(line, message, to, time);
          }
        }
      }
      int next = afterSeparators(line, end, to);
      separator = separator(line, end, next);
      if (next < to && line[next] == '\n') {
        return onSecondLine(line, message, to, time);
      }
      if (time != 0 && next < to && FieldLevel.startsWithField(line, next, to)) {
        int code = FieldLevel.read(line, next);
        if (code != NONE) {
          return code;
        }
        next = FieldLevel.end(line, next);
        separator = ' ';
      }
      at = next;
    }
    return NONE;
  }

  static int afterSeparators(byte[] line, int from, int to) {
    int at = LevelReader.afterColours(line, from, to);
    while (at < to && isSeparator(line, at, to)) {
      at = LevelReader.afterColours(line, at + 1, to);
    }
    return at;
  }

  private static boolean isSeparator(byte[] line, int at, int to) {
    byte b = line[at];
    boolean ends = at + 1 < to && (line[at + 1] == ' ' || line[at + 1] == '-');
    return b == ' ' || b == '\t' || b == '|' || b == ':' || b == ',' || (b == '-' && ends);
  }

  /// The most telling character between two fields: a tab, a bar, a dash, or else a space.
  private static byte separator(byte[] line, int from, int to) {
    byte found = ' ';
    for (int at = from; at < to; at++) {
      if (line[at] == '\t' || line[at] == '|' || line[at] == '-') {
        return line[at];
      }
      if (line[at] == ':' || line[at] == ',') {
        found = line[at];
      }
    }
    return found;
  }

  /// java.util.logging and tinylog write the time and the caller on a line of their own: `Nov 28,
  /// 2026 1:15:22 AM shop.Orders main`, `… [main] shop.Orders.main()`.
  private static int onSecondLine(byte[] line, int at, int to, int time) {
    if (time == 0 || (time & TimePrefix.SLASHES) != 0) {
      return NONE;
    }
    int end = at;
    int words = 0;
    while (end < to && line[end] != '\n') {
      words += line[end] == ' ' ? 1 : 0;
      end++;
    }
    boolean isCaller =
        end < to && (line[end - 1] == ')' || (words == 2 && (time & TimePrefix.MERIDIEM) != 0));
    int level = end + 1;
    int colon = MarkedLevel.endOfLetters(line, level, to);
    boolean named = isCaller && colon + 1 < to && line[colon] == ':' && line[colon + 1] == ' ';
    return named ? LevelNames.find(line, level, colon) : NONE;
  }
}
