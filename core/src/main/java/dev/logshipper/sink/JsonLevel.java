package dev.logshipper.sink;

import static dev.logshipper.sink.LevelNames.NONE;

import org.jspecify.annotations.Nullable;

/// Reads the level of an object: a member of the object itself, or of an object in it that holds
/// the facts of a log call rather than its arguments. A name takes precedence over a number, of
/// which only the notations that cannot be confused count.
final class JsonLevel {
  private static final NameTable MEMBERS = new NameTable();

  /// Members with names of levels, in the order in which they count. The first one ends the search.
  private static final int LEVEL = 1;

  private static final int LOG_LEVEL = 2;
  private static final int SEVERITY = 3;
  private static final int LEVEL_NAME = 4;
  private static final int NESTED_NAME = 5;

  /// Of Datadog; elsewhere, a status is a result.
  private static final int STATUS = 6;

  /// Of consola, which writes its number as `level`.
  private static final int TYPE = 7;

  private static final int LEVEL_NUMBER = 8;
  private static final int SEVERITY_NUMBER = 9;
  private static final int LOG4J_NUMBER = 10;
  private static final int NESTED = 11;
  private static final int DATADOG = 12;
  private static final int GELF = 13;
  private static final int COMPANION = 14;
  private static final int TAG = 15;
  private static final int HOST = 16;
  private static final int VERSION = 17;

  /// In an object that is a level itself.
  private static final int NAME = 18;

  private static final int NAME_RANKS = TYPE + 1;

  static {
    MEMBERS.put("level", LEVEL);
    MEMBERS.put("loglevel", LOG_LEVEL);
    MEMBERS.put("severity severitytext logseverity severitylabel", SEVERITY);
    MEMBERS.put(
        "levelname lvl levelstr levellabel loglevelname priorityname standardlevel", LEVEL_NAME);
    MEMBERS.put("status", STATUS);
    MEMBERS.put("type", TYPE);
    MEMBERS.put("levelno levelnumber", LEVEL_NUMBER);
    MEMBERS.put("severitynumber", SEVERITY_NUMBER);
    MEMBERS.put("levelvalue", LOG4J_NUMBER);
    MEMBERS.put("log record context logmeta meta syslog event", NESTED);
    MEMBERS.put("dd ddsource ddtags ddtraceid ddservice", DATADOG);
    MEMBERS.put("shortmessage", GELF);
    MEMBERS.put("message msg time timestamp ts datetime", COMPANION);
    MEMBERS.put("tag args", TAG);
    MEMBERS.put("host", HOST);
    MEMBERS.put("version", VERSION);
    MEMBERS.put("name", NAME);
  }

  private final JsonCursor json;
  private final int[] names = new int[NAME_RANKS];
  private int members;
  private int level = -1;
  private int pythons = -1;
  private int openTelemetrys = -1;
  private int log4js = -1;

  private JsonLevel(byte[] bytes, int from) {
    this.json = new JsonCursor(bytes, from);
  }

  /// Reads the level of the object that begins at `from`. The object may be cut off after its
  /// level.
  static @Nullable Severity read(byte[] bytes, int from) {
    JsonLevel reader = new JsonLevel(bytes, from);
    boolean whole = reader.object(0);
    int first = reader.names[LEVEL];
    if (first != NONE) {
      return LevelNames.severity(first);
    }
    return whole ? reader.best() : null;
  }

  /// Reads members until the level is certain.
  ///
  /// @return false for one that is no JSON
  private boolean object(int depth) {
    if (!json.enter()) {
      return !json.isBroken();
    }
    do {
      int from = json.stringStart();
      int to = json.stringEnd();
      if (to < 0 || !json.colon()) {
        return false;
      }
      int member = MEMBERS.get(json.bytes(), from, to);
      if (member == NONE
          && to - from == 2
          && json.bytes()[from] == '@'
          && json.bytes()[from + 1] == 'l') {
        member = LEVEL_NAME;
      }
      if (!value(member, depth)) {
        return false;
      }
      if (names[LEVEL] != NONE) {
        return true;
      }
    } while (json.comma());
    return json.leave();
  }

  private boolean value(int member, int depth) {
    byte first = json.peek();
    if (first == '{' && depth < 2 && (member == NESTED || member == LEVEL)) {
      return object(member == LEVEL ? 2 : depth + 1);
    }
    int from = json.position();
    if (!json.skip()) {
      return false;
    }
    if (depth == 0 && member < Integer.SIZE) {
      members |= 1 << member;
    }
    if (first == '"') {
      name(member, depth, from + 1, json.position() - 1);
    } else if (first >= '0' && first <= '9') {
      number(member, depth, from, json.position());
    }
    return true;
  }

  private void name(int member, int depth, int from, int to) {
    boolean isName =
        depth == 0
            ? member != NONE && member < NAME_RANKS
            : (member != NONE && member <= LEVEL_NAME) || (depth == 2 && member == NAME);
    int rank = depth == 0 ? member : NESTED_NAME;
    if (isName && names[rank] == NONE) {
      names[rank] = LevelText.find(json.bytes(), from, to);
    }
  }

  private void number(int member, int depth, int from, int to) {
    int value = LevelNumbers.parse(json.bytes(), from, to);
    switch (member) {
      case LEVEL -> level = depth == 0 ? value : level;
      case LOG_LEVEL -> level = depth == 1 && level < 0 ? value : level;
      case LEVEL_NUMBER -> pythons = value;
      case SEVERITY_NUMBER -> openTelemetrys = value;
      case LOG4J_NUMBER -> log4js = value;
      default -> {}
    }
  }

  private @Nullable Severity best() {
    for (int rank = LEVEL; rank <= NESTED_NAME; rank++) {
      if (names[rank] != NONE) {
        return LevelNames.severity(names[rank]);
      }
    }
    if (names[STATUS] != NONE && has(DATADOG)) {
      return LevelNames.severity(names[STATUS]);
    }
    if (names[TYPE] != NONE && has(TAG) && level >= 0 && level <= 5) {
      return LevelNames.severity(names[TYPE]);
    }
    if (openTelemetrys >= 0) {
      return LevelNumbers.openTelemetry(openTelemetrys);
    }
    if (pythons >= 0) {
      return LevelNumbers.python(pythons);
    }
    if (log4js >= 0) {
      return LevelNumbers.log4j(log4js);
    }
    if (level >= 0 && level <= 7 && (has(GELF) || (has(HOST) && has(VERSION)))) {
      return MarkedLevel.ofSyslog(level);
    }
    return has(COMPANION) ? LevelNumbers.ofAnyLogger(level) : null;
  }

  private boolean has(int member) {
    return (members & 1 << member) != 0;
  }
}
