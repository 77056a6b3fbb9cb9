package dev.logshipper.advisor;

import java.util.Map;

/// Breaks long lines on a terminal; files and pipes get them whole.
///
/// @param width in characters
record Page(int width) {
  private static final int WIDTH_MIN = 40;
  private static final int USUAL_WIDTH = 80;

  /// The scripts state by `COLUMNS` how wide the terminal is.
  static Page of(Map<String, String> environment) {
    if (!Boolean.getBoolean("terminal")) {
      return new Page(Integer.MAX_VALUE);
    }
    String columns = environment.getOrDefault("COLUMNS", "");
    return new Page(
        columns.matches("\\d{1,6}") ? Math.max(WIDTH_MIN, Integer.parseInt(columns)) : USUAL_WIDTH);
  }

  /// A text that follows a label, with line breaks between words.
  ///
  /// @param indent width of the label
  String wrapped(int indent, String text) {
    StringBuilder result = new StringBuilder();
    int column = indent;
    for (String word : text.split(" ", -1)) {
      if (column > indent && column + 1 + word.length() > width) {
        result.append('\n').append(" ".repeat(indent));
        column = indent;
      } else if (!result.isEmpty()) {
        result.append(' ');
        column++;
      }
      result.append(word);
      column += word.length();
    }
    return result.toString();
  }
}
