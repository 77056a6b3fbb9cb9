package dev.logshipper.sink;

import static dev.logshipper.sink.LevelNames.NONE;
import static dev.logshipper.sink.LevelNames.isDigit;
import static dev.logshipper.sink.LevelNames.isLetter;

import org.jspecify.annotations.Nullable;

/// Reads levels that a mark at the start of the line gives away: syslog's `<11>`, glog's `E1128`,
/// Ruby's `E, [`, symbols, Erlang's reports, PHP's errors, XML.
final class MarkedLevel {
  private static final int XML_BYTES_MAX = 2_000;

  /// `┌`, with which Julia frames a message.
  private static final byte[] BOX_CORNER = {(byte) 0xe2, (byte) 0x94, (byte) 0x8c};

  private MarkedLevel() {}

  /// `<11>` of syslog and systemd; XML.
  static @Nullable Severity inAngles(byte[] line, int from) {
    int at = from + 1;
    int priority = 0;
    while (at < line.length && at < from + 4 && isDigit(line[at])) {
      priority = priority * 10 + line[at++] - '0';
    }
    if (at > from + 1) {
      boolean closed = at < line.length && line[at] == '>' && priority <= 191;
      return closed ? ofSyslog(priority % 8) : null;
    }
    return inXml(line, from);
  }

  /// @param number 0 is an emergency, 7 is debug
  static Severity ofSyslog(int number) {
    return switch (number) {
      case 0, 1, 2 -> Severity.FATAL;
      case 3 -> Severity.ERROR;
      case 4 -> Severity.WARN;
      case 5, 6 -> Severity.INFO;
      default -> Severity.DEBUG;
    };
  }

  /// The element `level` of java.util.logging, the attribute of Log4j and log4net.
  private static @Nullable Severity inXml(byte[] line, int from) {
    boolean isRecord =
        LevelReader.startsWith(line, from, "<?xml")
            || LevelReader.startsWith(line, from, "<record");
    boolean isEvent =
        LevelReader.startsWith(line, from, "<Event ")
            || LevelReader.startsWith(line, from, "<log4j:event ")
            || LevelReader.startsWith(line, from, "<log4net:event ");
    if (!isRecord && !isEvent) {
      return null;
    }
    int to = Math.min(line.length, from + XML_BYTES_MAX);
    for (int at = from; at < to; at++) {
      if (line[at] == '<' && LevelReader.startsWith(line, at, "<message>")) {
        return null;
      }
      if (isRecord && line[at] == '<' && LevelReader.startsWith(line, at, "<level>")) {
        return nameAt(line, at + "<level>".length(), '<');
      }
      if (isEvent && line[at] == ' ' && LevelReader.startsWith(line, at, " level=\"")) {
        return nameAt(line, at + " level=\"".length(), '"');
      }
      if (isEvent && line[at] == '>') {
        return null;
      }
    }
    return null;
  }

  private static @Nullable Severity nameAt(byte[] line, int from, char closing) {
    int end = endOfLetters(line, from, line.length);
    boolean whole = end < line.length && line[end] == closing;
    return whole ? LevelNames.severity(LevelNames.find(line, from, end)) : null;
  }

  /// `=ERROR REPORT====`.
  static int report(byte[] line, int at, int to) {
    int end = endOfLetters(line, at + 1, to);
    return LevelReader.startsWith(line, end, " REPORT===")
        ? LevelNames.find(line, at + 1, end)
        : NONE;
  }

  /// `[ Info: hi`, as Julia writes a message of one line.
  static int inOpenBracket(byte[] line, int at, int to) {
    int end = endOfLetters(line, at + 2, to);
    boolean named = end < to && line[at + 1] == ' ' && line[end] == ':';
    return named ? LevelNames.find(line, at + 2, end) : NONE;
  }

  static int atLetter(byte[] line, int at, int to) {
    if (at + 3 < to && line[at + 1] == ',' && line[at + 2] == ' ' && line[at + 3] == '[') {
      return ofLetter(line[at]);
    }
    if (at + 5 < to && isDigit(line[at + 1])) {
      int end = at + 1;
      while (end < to && isDigit(line[end])) {
        end++;
      }
      int digits = end - at - 1;
      boolean isDate = digits == 4 || digits == 6 || digits == 8;
      boolean clock =
          end + 3 < to && (line[end] == ' ' || line[end] == '-') && line[end + 3] == ':';
      return isDate && clock ? ofLetter(line[at]) : NONE;
    }
    if (LevelReader.startsWith(line, at, "PHP ")) {
      return php(line, at + 4, to);
    }
    if (LevelReader.startsWith(line, at, "Fatal error: ")) {
      return LevelNames.find(line, at, at + "Fatal".length());
    }
    return LevelReader.startsWith(line, at, "npm ") ? npm(line, at + 4, to) : NONE;
  }

  /// `Fatal error:`, `Parse error:`, `Warning:`, `Notice:`; a deprecation has no level.
  static int php(byte[] line, int from, int to) {
    int end = endOfLetters(line, from, to);
    if (LevelReader.startsWith(line, end, " error:")) {
      int code = LevelNames.find(line, from, end);
      return code == NONE ? LevelNames.find(line, end + 1, end + " error".length()) : code;
    }
    return end < to && line[end] == ':' ? LevelNames.find(line, from, end) : NONE;
  }

  private static int npm(byte[] line, int from, int to) {
    int end = endOfLetters(line, from, to);
    boolean ends = end < to && (line[end] == ' ' || line[end] == '!');
    return ends ? LevelNames.find(line, from, end) : NONE;
  }

  /// A letter of glog, Ruby, Tornado, MongoDB or beego.
  static int ofLetter(byte letter) {
    return switch (letter) {
      case 'T', 'V' -> LevelNames.of(Severity.TRACE);
      case 'D' -> LevelNames.of(Severity.DEBUG);
      case 'I', 'N' -> LevelNames.of(Severity.INFO);
      case 'W' -> LevelNames.of(Severity.WARN);
      case 'E' -> LevelNames.of(Severity.ERROR);
      case 'F', 'C' -> LevelNames.of(Severity.FATAL);
      default -> NONE;
    };
  }

  /// A symbol, then a name that spaces or a colon set apart: `✖ error hi`, `┌ Error: hi`.
  static int afterSymbol(byte[] line, int from, int to) {
    int at = from;
    while (at < to && line[at] < 0) {
      at++;
    }
    int symbol = at;
    at = LevelReader.afterColours(line, at, to);
    while (at < to && line[at] == ' ' && at < symbol + 12) {
      at = LevelReader.afterColours(line, at + 1, to);
    }
    int end = endOfLetters(line, at, to);
    int after = LevelReader.afterColours(line, end, to);
    boolean julia =
        symbol - from == BOX_CORNER.length
            && line[from + 1] == BOX_CORNER[1]
            && line[from + 2] == BOX_CORNER[2];
    boolean apart =
        after + 1 < to
            && (julia ? line[after] == ':' : line[after] == ' ' && line[after + 1] == ' ');
    return apart && at > symbol ? LevelNames.find(line, at, end) : NONE;
  }

  static int endOfLetters(byte[] line, int from, int to) {
    int at = from;
    while (at < to && isLetter(line[at])) {
      at++;
    }
    return at;
  }
}
