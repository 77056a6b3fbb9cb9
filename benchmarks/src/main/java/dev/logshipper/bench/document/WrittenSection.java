package dev.logshipper.bench.document;

/// The section of a document that a command writes, between two marker lines.
///
/// @param command as it stands in the first marker
public record WrittenSection(String command) {
  static final String END = "<!-- until here -->";

  String begin() {
    return "<!-- written by " + command + " -->";
  }

  /// Returns the document with another section.
  ///
  /// @throws IllegalArgumentException if the document lacks the markers
  public String replace(String document, String section) {
    int begin = document.indexOf(begin());
    int end = document.indexOf(END, Math.max(begin, 0));
    if (begin < 0 || end < 0) {
      throw new IllegalArgumentException("the document lacks the lines " + begin() + " and " + END);
    }
    String before = document.substring(0, begin + begin().length());
    return before + "\n\n" + section.strip() + "\n\n" + document.substring(end);
  }
}
