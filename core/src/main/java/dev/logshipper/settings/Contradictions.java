package dev.logshipper.settings;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.select.RecordPattern;
import dev.logshipper.sink.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Variables of one lane that contradict each other, or that have no effect. They stay in force:
/// nothing is shipped that one of them hides. Loaded only where records are controlled.
///
/// @param own the lane's variables
/// @param keepsFailedOnly whether the lane has a flight recorder
record Contradictions(Settings settings, LaneSettings own, boolean keepsFailedOnly) {

  /// One line each, for users.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    sample(lines);
    expressions(lines);
    levels(lines);
    withoutEffect(lines);
    return lines;
  }

  private void sample(List<String> lines) {
    if (own.find(settings, ControlSettings.SAMPLE_PERCENT).orElse(100.0) == 0) {
      lines.add(
          own.name(ControlSettings.SAMPLE_PERCENT)
              + "=0: no record of an invocation is shipped"
              + (keepsFailedOnly ? ", failed ones included" : ""));
    }
  }

  private void expressions(List<String> lines) {
    List<RecordPattern> included = own.find(settings, ControlSettings.INCLUDE).orElse(List.of());
    List<RecordPattern> excluded = own.find(settings, ControlSettings.EXCLUDE).orElse(List.of());
    String exclude = own.name(ControlSettings.EXCLUDE);
    if (isInAllLines(excluded)) {
      lines.add(exclude + " matches every line: nothing is shipped where it applies");
    } else if (hidesAll(included, excluded)) {
      lines.add(
          exclude
              + " matches every line that "
              + own.name(ControlSettings.INCLUDE)
              + " selects: nothing is shipped where both apply");
    }
  }

  private static boolean isInAllLines(List<RecordPattern> excluded) {
    for (RecordPattern pattern : excluded) {
      if (pattern.isInAllLines()) {
        return true;
      }
    }
    return false;
  }

  private static boolean hidesAll(List<RecordPattern> included, List<RecordPattern> excluded) {
    boolean hidesAll = !included.isEmpty();
    for (RecordPattern pattern : included) {
      hidesAll &= hides(excluded, pattern);
    }
    return hidesAll;
  }

  private static boolean hides(List<RecordPattern> excluded, RecordPattern included) {
    for (RecordPattern pattern : excluded) {
      if (pattern.isWherever(included)) {
        return true;
      }
    }
    return false;
  }

  private void levels(List<String> lines) {
    if (!keepsFailedOnly) {
      return;
    }
    Severity keep = own.findOrDefault(settings, ControlSettings.KEEP_LEVEL).orElse(Severity.WARN);
    Severity min = own.find(settings, ControlSettings.MIN_LEVEL).orElse(Severity.TRACE);
    if (min.compareTo(keep) >= 0) {
      String least =
          min == Severity.TRACE ? "" : assigned(ControlSettings.MIN_LEVEL, min) + " is not below ";
      lines.add(
          least
              + assigned(ControlSettings.KEEP_LEVEL, keep)
              + ": "
              + own.name(ControlSettings.KEEP)
              + "=failed holds only lines without a level");
    }
  }

  private String assigned(Setting<Severity> setting, Severity level) {
    return own.name(setting) + "=" + level.name().toLowerCase(Locale.ROOT);
  }

  private void withoutEffect(List<String> lines) {
    for (Setting<?> setting : List.of(ControlSettings.KEEP_LEVEL, ControlSettings.KEEP_SLOWER)) {
      if (!keepsFailedOnly && own.find(settings, setting).isPresent()) {
        lines.add(own.name(setting) + " has no effect without PUSHER_KEEP=failed");
      }
    }
    boolean redacts =
        own.isSet(settings, ControlSettings.REDACT)
            || own.isSet(settings, ControlSettings.REDACT_PATTERN);
    if (!redacts && own.isSet(settings, ControlSettings.REDACT_KEY)) {
      lines.add(own.name(ControlSettings.REDACT_KEY) + " has no effect without PUSHER_REDACT");
    }
  }
}
