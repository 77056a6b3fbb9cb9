package dev.logshipper.advisor;

import java.util.Map;

/// Colours, on a terminal only.
///
/// @param isOn whether to use them
record Paint(boolean isOn) {
  private static final String END = "\033[0m";

  /// The scripts state by the property `terminal` whether standard output is one. No colours if
  /// `NO_COLOR` is not empty.
  static Paint of(Map<String, String> environment) {
    return new Paint(
        Boolean.getBoolean("terminal")
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb"));
  }

  String green(String text) {
    return paint("\033[32m", text);
  }

  String yellow(String text) {
    return paint("\033[33m", text);
  }

  String red(String text) {
    return paint("\033[31m", text);
  }

  String bold(String text) {
    return paint("\033[1m", text);
  }

  private String paint(String start, String text) {
    return isOn ? start + text + END : text;
  }
}
