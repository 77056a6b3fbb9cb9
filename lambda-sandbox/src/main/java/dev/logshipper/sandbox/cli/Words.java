package dev.logshipper.sandbox.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words of a command line as values.
final class Words {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m)");
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

  private Words() {}

  /// `500ms`, `2s`, `1.5m`, or `0`.
  ///
  /// @throws IllegalArgumentException for other texts
  static Duration duration(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration: expected a number with its unit such as 500ms, 2s or 1m");
    }
    double millis =
        Double.parseDouble(parts.group(1))
            * switch (parts.group(2)) {
              case "s" -> 1_000;
              case "m" -> 60_000;
              default -> 1;
            };
    return Duration.ofMillis((long) millis);
  }

  /// The words of a command, separated by blanks except inside quotes.
  static List<String> split(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group().replaceAll("\"([^\"]*)\"|'([^']*)'", "$1$2"));
    }
    return words;
  }
}
