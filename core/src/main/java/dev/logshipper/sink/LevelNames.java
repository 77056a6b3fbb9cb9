package dev.logshipper.sink;

import org.jspecify.annotations.Nullable;

/// The names of levels that loggers write, in any case.
final class LevelNames {
  /// No name, or a name that states no level: `ANY`, `NOTSET`, `UNDEFINED`.
  static final int NONE = 0;

  private static final int RANK_BITS = 3;

  /// Where a name may stand in a text, from everywhere to only where nothing else can be meant.
  private static final int ANYWHERE = 0;

  private static final int AT_START_WITH_COLON = 1;
  private static final int AFTER_START = 2;
  private static final int ENCLOSED = 3;

  private static final Severity[] SEVERITIES = Severity.values();
  private static final NameTable TABLE = new NameTable();

  static {
    put(Severity.TRACE, ANYWHERE, "trace trc trce trac");
    put(Severity.TRACE, AT_START_WITH_COLON, "silly finest finer");
    put(Severity.TRACE, AFTER_START, "verbose vrb sill");
    put(Severity.DEBUG, ANYWHERE, "debug dbg dbug debu debg");
    put(Severity.DEBUG, AT_START_WITH_COLON, "fine");
    put(Severity.DEBUG, ENCLOSED, "http verb");
    put(Severity.INFO, ANYWHERE, "info inf information informational notice");
    put(Severity.INFO, AT_START_WITH_COLON, "config");
    put(Severity.INFO, AFTER_START, "success noti");
    put(Severity.INFO, ENCLOSED, "note log");
    put(Severity.WARN, ANYWHERE, "warn warning wrn wrng");
    put(Severity.ERROR, ANYWHERE, "error err erro eror severe");
    put(Severity.ERROR, ENCLOSED, "fail");
    put(Severity.FATAL, ANYWHERE, "fatal ftl fata critical crit emergency");
    put(Severity.FATAL, AT_START_WITH_COLON, "alert emerg shout");
    put(Severity.FATAL, AFTER_START, "panic dpanic pani crt");
  }

  private LevelNames() {}

  private static void put(Severity severity, int place, String names) {
    TABLE.put(names, place << RANK_BITS | of(severity));
  }

  /// Looks a name up.
  ///
  /// @return a code for the methods below, or [#NONE]
  static int find(byte[] bytes, int from, int to) {
    if (to - from < 3 || !isLetter(bytes[to - 1])) {
      return NONE;
    }
    int code = TABLE.get(bytes, from, to);
    boolean isWinstons = code != NONE && bytes[from] == 'v' && to - from == "verbose".length();
    // Winston writes `verbose` for a level above debug; others write `Verbose` for the lowest.
    return isWinstons ? AFTER_START << RANK_BITS | of(Severity.DEBUG) : code;
  }

  /// A name, possibly with the distance of Go's slog: `DEBUG-4` is below debug, `ERROR+4` above
  /// error, any other distance does not matter.
  static int findWithDistance(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && isLetter(bytes[end])) {
      end++;
    }
    int code = find(bytes, from, end);
    if (code == NONE || end == to) {
      return code;
    }
    boolean isDistance = to - end >= 2 && (bytes[end] == '+' || bytes[end] == '-');
    int distance = 0;
    for (int at = end + 1; at < to && isDistance; at++) {
      isDistance = isDigit(bytes[at]);
      distance = Math.min(distance * 10 + bytes[at] - '0', 1_000);
    }
    return isDistance ? moved(code, bytes[end] == '+' ? distance : -distance) : NONE;
  }

  private static int moved(int code, int distance) {
    int place = code >> RANK_BITS << RANK_BITS;
    if (severity(code) == Severity.ERROR && distance >= 4) {
      return place | of(Severity.FATAL);
    }
    return severity(code) == Severity.DEBUG && distance <= -4 ? place | of(Severity.TRACE) : code;
  }

  /// The code of a name that may stand anywhere.
  static int of(Severity severity) {
    return severity.code();
  }

  static @Nullable Severity severity(int code) {
    return code == NONE ? null : SEVERITIES[(code & (1 << RANK_BITS) - 1) - 1];
  }

  /// Whether the name is unmistakable as the first word of a line.
  static boolean startsLines(int code, boolean withColon) {
    int place = code >> RANK_BITS;
    return code != NONE && (place == ANYWHERE || (place == AT_START_WITH_COLON && withColon));
  }

  /// Whether the name is unmistakable after a time or a field.
  static boolean followsFields(int code) {
    return code != NONE && code >> RANK_BITS != ENCLOSED;
  }

  static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
