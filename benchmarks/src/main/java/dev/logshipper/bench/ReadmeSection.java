package dev.logshipper.bench;

/// The part of a document that a program writes: what lies between two lines of its own.
final class ReadmeSection {
  static final String BEGIN = "<!-- written by scripts/bench --readme -->";
  static final String END = "<!-- until here -->";

  private ReadmeSection() {}

  /// The document with another part.
  ///
  /// @throws IllegalArgumentException when it does not have the two lines
  static String replace(String document, String part) {
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("the document lacks the lines " + BEGIN + " and " + END);
    }
    String before = document.substring(0, begin + BEGIN.length());
    return before + "\n\n" + part.strip() + "\n\n" + document.substring(end);
  }
}
