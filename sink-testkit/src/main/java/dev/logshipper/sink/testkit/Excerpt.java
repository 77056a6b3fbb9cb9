package dev.logshipper.sink.testkit;

import java.util.List;

/// Excerpts of log content for failure messages: short, on one line, and without control
/// characters, which would make a build log unreadable.
final class Excerpt {
  private static final int CHARS_MAX = 60;
  private static final int CHARS_BEFORE_DIFFERENCE = 20;

  private Excerpt() {}

  /// Returns a text in quotes, cut to the part after its beginning at `from`.
  static String of(String text, int from) {
    int to = Math.min(text.length(), from + CHARS_MAX);
    StringBuilder excerpt = new StringBuilder(CHARS_MAX + 16);
    excerpt.append(from > 0 ? "…\"" : "\"");
    text.substring(from, to).codePoints().forEach(point -> append(excerpt, point));
    return excerpt.append(to < text.length() ? "\"…" : "\"").toString();
  }

  /// Returns the first difference between two lists of lines, or an empty text.
  static String ofDifference(List<String> expected, List<String> actual) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      String wanted = expected.get(i);
      String found = actual.get(i);
      if (!wanted.equals(found)) {
        int from = Math.max(0, firstDifference(wanted, found) - CHARS_BEFORE_DIFFERENCE);
        return "line %d of %d was sent as %s (%d characters) and arrived as %s (%d characters)"
            .formatted(
                i + 1,
                expected.size(),
                of(wanted, Math.min(from, wanted.length())),
                wanted.length(),
                of(found, Math.min(from, found.length())),
                found.length());
      }
    }
    return expected.size() == actual.size()
        ? ""
        : "%d lines were sent and %d arrived".formatted(expected.size(), actual.size());
  }

  private static int firstDifference(String one, String other) {
    int at = 0;
    while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at;
  }

  private static void append(StringBuilder excerpt, int point) {
    switch (point) {
      case '\n' -> excerpt.append("\\n");
      case '\r' -> excerpt.append("\\r");
      case '\t' -> excerpt.append("\\t");
      default -> {
        if (isVisible(point)) {
          excerpt.appendCodePoint(point);
        } else {
          excerpt.append("\\u{").append(Integer.toHexString(point)).append('}');
        }
      }
    }
  }

  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
