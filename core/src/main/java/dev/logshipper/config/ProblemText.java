package dev.logshipper.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Words a problem with a variable, without the value of a secret. Stateless.
final class ProblemText {
  static final String HIDDEN = "***";
  private static final int SHOWN_VALUE_CHARS_MAX = 40;
  private static final String SINK_IS_OFF = "its sink is off and records for it are dropped";

  private ProblemText() {}

  static Problem missing(Setting<?> setting) {
    return new Problem(
        setting.name(),
        setting.name() + " is not set: expected " + setting.expected(),
        "; " + SINK_IS_OFF);
  }

  /// @param used the value in effect; empty without one
  static Problem unusable(
      Setting<?> setting, Map.Entry<String, String> given, String expected, String used) {
    String reason = reason(setting, given.getValue());
    return new Problem(
        given.getKey(),
        given.getKey()
            + "="
            + value(setting, given)
            + ": "
            + (reason == null ? "" : reason + "; ")
            + "expected "
            + expected,
        "; " + effect(setting, used));
  }

  /// A value that was changed.
  ///
  /// @param remark the value in effect
  static Problem corrected(Setting<?> setting, Map.Entry<String, String> given, String remark) {
    return new Problem(
        given.getKey(),
        given.getKey() + "=" + value(setting, given) + ": expected " + setting.expected(),
        "; " + remark);
  }

  static Problem disagreement(String other, String used) {
    return new Problem(other, other + " and " + used + " disagree", "; " + used + " is used");
  }

  private static String value(Setting<?> setting, Map.Entry<String, String> given) {
    return setting.isSecret() ? HIDDEN : shown(given.getValue());
  }

  /// The reason of the parser; null if it has none.
  private static @Nullable String reason(Setting<?> setting, String text) {
    try {
      Object _ = setting.parseOrThrow(text);
      return null;
    } catch (UnusableTextException unusable) {
      return unusable.reason();
    } catch (Throwable _) {
      // As in Parser: a plugin's may throw anything.
      return null;
    }
  }

  private static String effect(Setting<?> setting, String used) {
    if (setting.isGuard()) {
      return "every sink that it applies to is off and records for it are dropped";
    }
    if (setting.isRequired()) {
      return SINK_IS_OFF;
    }
    if (used.isEmpty()) {
      return "it is ignored";
    }
    return setting.isSecret() ? "the default is used" : used + " is used";
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
