package dev.logshipper.sink;

import static dev.logshipper.sink.LevelNames.isDigit;

/// Reads the name in the value of a JSON member: padded, numbered as in OpenTelemetry (`INFO2`), or
/// coloured (`\u001b[32minfo\u001b[39m`).
final class LevelText {
  private static final String ESCAPE = "\\u001b[";

  private LevelText() {}

  static int find(byte[] json, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && json[start] == ' ') {
      start++;
    }
    while (LevelReader.startsWith(json, start, ESCAPE)) {
      while (start < end && json[start] != 'm') {
        start++;
      }
      start = Math.min(start + 1, end);
      end = endOfPlain(json, start, end);
    }
    while (end > start && json[end - 1] == ' ') {
      end--;
    }
    boolean numbered =
        end - start > 4 && isDigit(json[end - 1]) && LevelNames.isLetter(json[end - 2]);
    return LevelNames.findWithDistance(json, start, numbered ? end - 1 : end);
  }

  private static int endOfPlain(byte[] json, int from, int to) {
    int at = from;
    while (at < to && json[at] != '\\') {
      at++;
    }
    return LevelReader.startsWith(json, from, ESCAPE) ? to : at;
  }
}
