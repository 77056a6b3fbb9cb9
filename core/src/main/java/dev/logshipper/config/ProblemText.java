package dev.logshipper.config;

import java.util.Map;

/// Words a problem with a variable, without the value of a secret. Stateless.
final class ProblemText {
  static final String HIDDEN = "***";
  private static final int SHOWN_VALUE_CHARS_MAX = 40;

  private ProblemText() {}

  static Problem missing(Setting<?> setting) {
    return new Problem(
        setting.name(),
        setting.name()
            + " is not set: expected "
            + setting.expected()
            + "; its sink is off and records for it are dropped");
  }

  static Problem of(
      Setting<?> setting, Map.Entry<String, String> given, String expected, String inEffect) {
    return new Problem(
        given.getKey(),
        given.getKey()
            + "="
            + shown(setting, given.getValue())
            + ": expected "
            + expected
            + "; "
            + inEffect);
  }

  static Problem disagreement(String other, String used) {
    return new Problem(other, other + " and " + used + " disagree; " + used + " is used");
  }

  private static String shown(Setting<?> setting, String text) {
    return setting.isSecret() ? HIDDEN : shown(text);
  }

  /// The beginning of a value that is no secret.
  static String shown(String text) {
    // A URL may hold credentials, also where none was expected.
    if (text.contains("://")) {
      return HIDDEN;
    }
    return text.length() <= SHOWN_VALUE_CHARS_MAX
        ? text
        : text.substring(0, SHOWN_VALUE_CHARS_MAX) + "…";
  }
}
