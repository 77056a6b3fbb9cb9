package dev.logshipper.sink;

import static dev.logshipper.sink.LevelNames.NONE;
import static dev.logshipper.sink.LevelNames.isDigit;

/// Reads a group in brackets in front of a message: a level, a time, both, or anything else.
final class HeadGroup {
  private static final int BYTES_MAX = 160;

  /// Groups without a level in front of a line without a time, as of threads and modules.
  private static final int UNTIMED_MAX = 2;

  private static final int LEVEL = 1 << 30;

  private HeadGroup() {}

  /// The end of the group that begins at `from`, after its closing bracket; -1 when it is not
  /// closed nearby.
  static int end(byte[] line, int from, int to) {
    byte opening = line[from];
    byte closing = (byte) (opening == '(' ? ')' : opening + 2);
    int latest = Math.min(to, from + BYTES_MAX);
    int depth = 0;
    for (int at = from; at < latest && line[at] != '\n'; at++) {
      if (line[at] == closing && --depth == 0) {
        return at + 1;
      }
      // Escape sequences have a bracket of their own.
      depth += line[at] == opening && (at == 0 || line[at - 1] != 0x1b) ? 1 : 0;
    }
    return -1;
  }

  /// Reads the inside of a group.
  ///
  /// @param timed whether a time is in front of it
  /// @param number of the fields in front of it
  /// @return for the methods below
  static int read(byte[] line, int from, int to, boolean timed, int number) {
    int start = LevelReader.afterColours(line, from, to);
    while (start < to && line[start] == ' ') {
      start = LevelReader.afterColours(line, start + 1, to);
    }
    int end = MarkedLevel.endOfLetters(line, start, to);
    if (isBlank(line, end, to)) {
      int code =
          end - start == 1 && timed
              ? MarkedLevel.ofLetter(line[start])
              : LevelNames.findWithDistance(line, start, end);
      return code == NONE ? other(timed, number) : LEVEL | code;
    }
    if (end - start == 1 && line[end] == ' ' && isDigit(line[end + 1])) {
      int code = MarkedLevel.ofLetter(line[start]);
      return LEVEL
          | (TimePrefix.read(line, end + 1, to) == 0 && !isDate(line, end + 1) ? NONE : code);
    }
    int time = TimePrefix.read(line, start, to);
    if (time != 0) {
      int code = afterTime(line, TimePrefix.end(time), to);
      return code == NONE ? time : LEVEL | code;
    }
    int suffix = timed ? suffix(line, start, to) : NONE;
    if (suffix != NONE) {
      return LEVEL | suffix;
    }
    return other(timed, number);
  }

  static boolean isLevel(int group) {
    return (group & LEVEL) != 0;
  }

  static int level(int group) {
    return group & ~LEVEL;
  }

  static int time(int group) {
    return group;
  }

  private static int other(boolean timed, int number) {
    return timed || number < UNTIMED_MAX ? 0 : LEVEL | NONE;
  }

  /// Tornado's date of six or eight digits.
  private static boolean isDate(byte[] line, int from) {
    int at = from;
    while (at < line.length && isDigit(line[at])) {
      at++;
    }
    return (at - from == 6 || at - from == 8) && at < line.length && line[at] == ' ';
  }

  private static boolean isBlank(byte[] line, int from, int to) {
    int at = LevelReader.afterColours(line, from, to);
    while (at < to && line[at] == ' ') {
      at = LevelReader.afterColours(line, at + 1, to);
    }
    return at == to;
  }

  /// `[TIME LEVEL …]`, `[TIME: LEVEL/…]`.
  private static int afterTime(byte[] line, int from, int to) {
    int at = HeadLevel.afterSeparators(line, from, to);
    int end = MarkedLevel.endOfLetters(line, at, to);
    boolean ends = end == to || line[end] == ' ' || line[end] == '/' || line[end] == ']';
    boolean upper = end > at && line[at] < 'a' && line[end - 1] < 'a';
    return ends && (upper || isBlank(line, end, to)) ? LevelNames.find(line, at, end) : NONE;
  }

  /// `[core:error]` of Apache, `[shop#info]` of Twisted.
  private static int suffix(byte[] line, int from, int to) {
    int mark = to - 1;
    while (mark > from && LevelNames.isLetter(line[mark])) {
      mark--;
    }
    boolean marked = mark > from && (line[mark] == ':' || line[mark] == '#');
    for (int at = from; at < mark && marked; at++) {
      marked = line[at] > ' ';
    }
    return marked ? LevelNames.find(line, mark + 1, to) : NONE;
  }
}
