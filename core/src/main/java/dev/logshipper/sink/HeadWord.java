package dev.logshipper.sink;

import static dev.logshipper.sink.LevelNames.NONE;
import static dev.logshipper.sink.LevelNames.isDigit;
import static dev.logshipper.sink.LevelNames.isLetter;

/// Reads a word in front of a message, which is a level, a field of another kind, or the beginning
/// of the message itself.
final class HeadWord {
  private HeadWord() {}

  /// The level that the word at `at` states.
  ///
  /// @param number of fields in front of it
  /// @param time and its traits; 0 for none so far
  /// @param separator in front of it; see [HeadLevel]
  static int level(byte[] line, int at, int to, int number, int time, byte separator) {
    int start = at + (LevelReader.startsWith(line, at, "LOG_") ? "LOG_".length() : 0);
    int end = MarkedLevel.endOfLetters(line, start, to);
    if (time != 0 && LevelReader.startsWith(line, at, "PHP ")) {
      return MarkedLevel.php(line, at + "PHP ".length(), to);
    }
    if (time != 0 && end < to && line[end] == '.') {
      return afterChannel(line, end, to);
    }
    if (end - start < 3) {
      return end - start == 1 ? letter(line, start, to, time) : NONE;
    }
    int distance = endOfDistance(line, end, to);
    int code = LevelNames.findWithDistance(line, start, distance);
    if (code == NONE) {
      return NONE;
    }
    int after = LevelReader.afterColours(line, distance, to);
    boolean upper = isUpper(line, start, end);
    if (number == 0) {
      return startsLine(line, start, end, after, to, upper, code) ? code : NONE;
    }
    if (isEnclosed(line, after, to, separator)) {
      return code;
    }
    if (upper && endsWord(line, after, to)) {
      return LevelNames.followsFields(code) || isLog(line, start, end, after, to) ? code : NONE;
    }
    if (time == 0 || !LevelNames.followsFields(code)) {
      return NONE;
    }
    boolean colon = after < to && line[after] == ':' && !isError(line, start, end);
    return (colon && separator != ':') || isSwift(line, after, to, time) ? code : NONE;
  }

  /// `app.WARNING: hi`, as Monolog writes it.
  private static int afterChannel(byte[] line, int dot, int to) {
    int end = MarkedLevel.endOfLetters(line, dot + 1, to);
    boolean named = end < to && line[end] == ':' && isUpper(line, dot + 1, end);
    return named ? LevelNames.find(line, dot + 1, end) : NONE;
  }

  /// `LEVEL `, `LEVEL: `, `level: `, `LEVEL:name:`, `LEVEL[0001]`.
  private static boolean startsLine(
      byte[] line, int start, int end, int after, int to, boolean upper, int code) {
    boolean colon = after < to && line[after] == ':';
    if (upper) {
      return LevelNames.startsLines(code, colon) && endsWord(line, after, to);
    }
    if (after < to && line[after] == '(') {
      int closed = HeadGroup.end(line, after, to);
      colon = closed > 0 && closed < to && line[closed] == ':';
    }
    boolean apart = colon && (after + 1 >= to || line[after + 1] == ' ' || line[after] == '(');
    if (apart && LevelReader.startsWith(line, start, "fail:")) {
      return isCategory(line, after, to);
    }
    return apart && LevelNames.startsLines(code, true) && !isError(line, start, end);
  }

  /// `fail: Shop.Orders[0]`, as .NET writes it.
  private static boolean isCategory(byte[] line, int from, int to) {
    int at = from;
    while (at < to && line[at] != '\n' && line[at] != '[') {
      at++;
    }
    return at + 1 < to && line[at] == '[' && isDigit(line[at + 1]);
  }

  /// `Error: boom` is the first line of a JavaScript error.
  private static boolean isError(byte[] line, int start, int end) {
    return end - start == "Error".length() && line[start] == 'E' && line[start + 1] == 'r';
  }

  /// `|INFO|`, `- INFO -`, a field between tabs.
  private static boolean isEnclosed(byte[] line, int after, int to, byte separator) {
    if (separator == '\t') {
      return after < to && line[after] == '\t';
    }
    int at = after;
    while (at < to && line[at] == ' ') {
      at++;
    }
    boolean closes = at < to && line[at] == separator;
    return closes
        && (separator == '|'
            || (separator == '-' && at > after && at + 1 < to && line[at + 1] == ' '));
  }

  private static boolean endsWord(byte[] line, int after, int to) {
    if (after >= to) {
      return true;
    }
    return switch (line[after]) {
      case ' ', '\t', ':', '|', '>', ',', '!', '[', '(', '\n', '\r', ']' -> true;
      default -> false;
    };
  }

  /// `LOG:` of Postgres, `LOG [` of NestJS.
  private static boolean isLog(byte[] line, int start, int end, int after, int to) {
    return end - start == 3
        && line[start] == 'L'
        && after + 1 < to
        && (line[after] == ':' || (line[after] == ' ' && line[after + 1] == '['));
  }

  /// Swift writes `2026-11-28T01:10:36+0000 info shop: hi`.
  private static boolean isSwift(byte[] line, int after, int to, int time) {
    if ((time & TimePrefix.ZONE_WITHOUT_COLON) == 0 || after >= to || line[after] != ' ') {
      return false;
    }
    int at = after + 1;
    while (at < to && line[at] > ' ' && line[at] != ':') {
      at++;
    }
    at += at < to && line[at] == ' ' ? 1 : 0;
    return at + 1 < to && line[at] == ':' && line[at + 1] == ' ';
  }

  /// ` I [1234:main] `, ` I NETWORK [`: a letter after a precise time.
  private static int letter(byte[] line, int at, int to, int time) {
    int next = at + 1;
    while (next < to && line[next] == ' ') {
      next++;
    }
    boolean isLevel =
        (time & TimePrefix.FRACTION) != 0
            && (time & TimePrefix.SLASHES) == 0
            && next > at + 1
            && next + 2 < to
            && (line[next] == '['
                || (line[next] == '-' && line[next + 1] == '-')
                || isUpper(line, next, next + 3));
    return isLevel ? MarkedLevel.ofLetter(line[at]) : NONE;
  }

  private static int endOfDistance(byte[] line, int end, int to) {
    int at = end + 1;
    if (end >= to || (line[end] != '+' && line[end] != '-')) {
      return end;
    }
    while (at < to && isDigit(line[at])) {
      at++;
    }
    return at > end + 1 ? at : end;
  }

  private static boolean isUpper(byte[] line, int start, int end) {
    for (int at = start; at < end; at++) {
      if (line[at] < 'A' || line[at] > 'Z') {
        return false;
      }
    }
    return end > start;
  }

  /// Skips a field.
  ///
  /// @return its end; -1 when it may be a message
  static int skip(byte[] line, int at, int to, int number, int time, byte separator) {
    int end = endOfWord(line, at, to);
    if (end == at) {
      return -1;
    }
    boolean digits = isNumber(line, at, end);
    if (time == 0) {
      return digits && isPrefix(line, end, to) ? end : -1;
    }
    int next = end;
    while (next < to && line[next] == ' ') {
      next++;
    }
    boolean enclosed =
        next < to
            && ((separator == '|' && line[next] == '|')
                || (separator == '\t' && line[end] == '\t')
                || (separator == '-' && next > end && line[next] == '-'));
    if (enclosed) {
      return end;
    }
    if ((time & TimePrefix.SLASHES) != 0) {
      boolean place = line[end - 1] == ':' && hasDot(line, at, end);
      return place || (digits && (time & TimePrefix.FRACTION) != 0) ? end : -1;
    }
    if (digits || isMarked(line, at, end) || LevelReader.startsWith(line, at, "main ")) {
      return end;
    }
    return isHost(line, next, to) || isLogger(line, next, to, time) ? end : -1;
  }

  /// Numbers in front of everything else are milliseconds (`15 [main] INFO`) or of a process
  /// (`[Nest] 1234 - `).
  private static boolean isPrefix(byte[] line, int end, int to) {
    int next = end;
    while (next < to && line[next] == ' ') {
      next++;
    }
    return next > end && next < to && (line[next] == '[' || line[next] == '-');
  }

  private static boolean isNumber(byte[] line, int from, int to) {
    int at = from;
    while (at < to && isDigit(line[at])) {
      at++;
    }
    return at == to;
  }

  /// Whether a word is a name of a program's rather than of a language: `req-1`, `shop.Orders`.
  private static boolean isMarked(byte[] line, int from, int to) {
    for (int at = from; at < to - 1; at++) {
      byte b = line[at];
      if (isDigit(b) || b == '.' || b == '_' || b == '/' || b == '[' || b == '@' || b == '$') {
        return true;
      }
    }
    return isDigit(line[to - 1]) || line[to - 1] == ']';
  }

  private static boolean hasDot(byte[] line, int from, int to) {
    for (int at = from; at < to; at++) {
      if (line[at] == '.') {
        return true;
      }
    }
    return false;
  }

  /// A host is in front of `shop[26237]`.
  private static boolean isHost(byte[] line, int from, int to) {
    int bracket = MarkedLevel.endOfLetters(line, from, to);
    return bracket > from && bracket + 1 < to && line[bracket] == '[' && isDigit(line[bracket + 1]);
  }

  /// A plain word is a logger or a thread if a padded or delimited level follows it.
  private static boolean isLogger(byte[] line, int from, int to, int time) {
    int end = MarkedLevel.endOfLetters(line, from, to);
    if ((time & TimePrefix.FRACTION) == 0 || end + 1 >= to || !isUpper(line, from, end)) {
      return false;
    }
    boolean delimited =
        line[end] == ' '
            ? line[end + 1] == ' ' || line[end + 1] == '[' || line[end + 1] == '-'
            : line[end] == ':' || line[end] == '|' || line[end] == '\t';
    return delimited && LevelNames.find(line, from, end) != NONE;
  }

  private static int endOfWord(byte[] line, int from, int to) {
    int at = from;
    while (at < to && line[at] > ' ' && line[at] != '|') {
      at++;
    }
    return isLetter(line[from]) || isDigit(line[from]) || (at - from == 1 && line[from] == '-')
        ? at
        : from;
  }
}
