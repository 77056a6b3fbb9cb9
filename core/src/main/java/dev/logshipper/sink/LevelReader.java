package dev.logshipper.sink;

import static dev.logshipper.sink.LevelNames.isDigit;
import static dev.logshipper.sink.LevelNames.isLetter;
import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/// Reads the level that a line states, by rules for kinds of loggers rather than for each one: in a
/// field of JSON or logfmt, in brackets or other delimiters, before a colon, after a time. A word
/// in a message never counts, and a line that begins like the continuation of another has no level.
/// A missing level is better than a wrong one.
final class LevelReader {
  private static final int ESCAPE = 0x1b;

  /// The level that the platform gives to a plain line.
  private static final String WRAPPED_DEFAULT = "INFO";

  private static final String WRAPPING = "{\"timestamp\":\"";
  private static final String WRAPPED = "\",\"level\":\"INFO\",\"message\":\"";
  private static final int TIME_BYTES = "2026-11-28T01:10:36.123Z".length();

  /// Levels stand in front; more than this is a message.
  private static final int HEAD_BYTES_MAX = 400;

  private LevelReader() {}

  /// The level of a line of text, which may be JSON.
  static @Nullable Severity ofText(byte[] line) {
    int at = startOf(line);
    if (at == line.length) {
      return null;
    }
    if (line[at] == '{') {
      return JsonLevel.read(line, at);
    }
    int to = Math.min(line.length, HEAD_BYTES_MAX);
    int code = LevelNames.NONE;
    if (line[at] == '<') {
      return MarkedLevel.inAngles(line, at);
    }
    if (line[at] == '=') {
      code = MarkedLevel.report(line, at, to);
    } else if (isLetter(line[at])) {
      if (FieldLevel.startsWithField(line, at, to)) {
        return LevelNames.severity(FieldLevel.read(line, at));
      }
      code = MarkedLevel.atLetter(line, at, to);
    } else if (line[at] < 0) {
      code = MarkedLevel.afterSymbol(line, at, to);
      return LevelNames.severity(code);
    }
    return LevelNames.severity(code == LevelNames.NONE ? HeadLevel.read(line, at, to) : code);
  }

  /// The level of a line that the platform had wrapped.
  ///
  /// @param wrapped level of the wrapping, null if there was none
  static @Nullable Severity ofText(byte[] line, @Nullable String wrapped) {
    if (wrapped == null || wrapped.equals(WRAPPED_DEFAULT)) {
      return ofText(line);
    }
    byte[] name = wrapped.getBytes(US_ASCII);
    return LevelNames.severity(LevelNames.find(name, 0, name.length));
  }

  /// The level of a JSON value.
  static @Nullable Severity ofJson(byte[] json) {
    int at = 0;
    while (at < json.length && json[at] <= ' ') {
      at++;
    }
    if (at == json.length || json[at] != '{') {
      return null;
    }
    Severity severity = JsonLevel.read(json, at);
    if (severity != Severity.INFO || !isWrapping(json, at)) {
      return severity;
    }
    JsonEnvelope envelope = JsonEnvelope.read(json);
    return envelope == null ? severity : ofText(envelope.message());
  }

  /// Whether the order and the time are the platform's; loggers write such objects, too.
  private static boolean isWrapping(byte[] json, int from) {
    int time = matched(json, from, WRAPPING);
    return time > 0 && matched(json, time + TIME_BYTES, WRAPPED) > 0;
  }

  /// Matches a text between the tokens of which may be spaces.
  ///
  /// @return the index after it; -1 when it is not there
  private static int matched(byte[] json, int from, String wanted) {
    int at = from;
    for (int i = 0; i < wanted.length(); i++) {
      while (at < json.length && json[at] == ' ') {
        at++;
      }
      if (at >= json.length || json[at++] != wanted.charAt(i)) {
        return -1;
      }
    }
    return at;
  }

  /// Skips what may stand before the first line's text: one line end, two spaces, colours. More
  /// indentation marks a continuation.
  ///
  /// @return the length of the line for one without a level
  private static int startOf(byte[] line) {
    int at = 0;
    if (at < line.length && line[at] == '\n') {
      at++;
    }
    at = afterColours(line, at, line.length);
    int spaces = at;
    while (at < line.length && line[at] == ' ') {
      at++;
    }
    if (at - spaces > 2 || (at < line.length && (line[at] == '\t' || line[at] == '\n'))) {
      return line.length;
    }
    return afterColours(line, at, line.length);
  }

  /// Skips the escape sequences of terminals.
  static int afterColours(byte[] line, int from, int to) {
    int at = from;
    while (at + 1 < to && line[at] == ESCAPE && line[at + 1] == '[') {
      at += 2;
      while (at < to && (isDigit(line[at]) || line[at] == ';')) {
        at++;
      }
      at = Math.min(at + 1, to);
    }
    return at;
  }

  static boolean startsWith(byte[] line, int from, String ascii) {
    if (line.length - from < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (line[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
