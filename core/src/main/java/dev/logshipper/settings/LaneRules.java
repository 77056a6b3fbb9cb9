package dev.logshipper.settings;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.FilterReason;
import dev.logshipper.pipeline.LaneControl;
import dev.logshipper.pipeline.LaneControl.Redaction;
import dev.logshipper.pipeline.RecordFilter;
import dev.logshipper.pipeline.Recorder;
import dev.logshipper.recorder.FlightRecorder;
import dev.logshipper.recorder.RecorderRules;
import dev.logshipper.redact.RedactionKind;
import dev.logshipper.redact.Redactor;
import dev.logshipper.select.MinLevel;
import dev.logshipper.select.PatternFilter;
import dev.logshipper.select.RecordPattern;
import dev.logshipper.select.Sample;
import dev.logshipper.settings.ControlSettings.Keep;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The control over the records of one lane, as configured.
///
/// @param own the lane's variables
record LaneRules(Settings settings, LaneSettings own) {

  /// Whether a variable that hides something is unusable, so that the lane must ship nothing.
  boolean isUnusable() {
    for (Setting<?> setting : ControlSettings.guards()) {
      if (own.isUnusable(settings, setting)) {
        return true;
      }
    }
    return false;
  }

  /// Contradictions, one line each.
  List<String> problems() {
    for (Setting<?> setting : ControlSettings.ofUser()) {
      if (own.isSet(settings, setting)) {
        return new Contradictions(settings, own, keepsFailedOnly()).lines();
      }
    }
    return List.of();
  }

  /// @param bufferBytes half of which a recorder may hold
  /// @param concurrent whether invocations run at the same time
  LaneControl laneControl(long bufferBytes, boolean concurrent, Diagnostics diagnostics) {
    List<RecordFilter> filters = new ArrayList<>();
    own.findOrDefault(settings, ControlSettings.MIN_LEVEL)
        .ifPresent(level -> filters.add(new MinLevel(level)));
    own.find(settings, ControlSettings.SAMPLE_PERCENT)
        .ifPresent(percent -> filters.add(new Sample(percent)));
    own.find(settings, ControlSettings.INCLUDE)
        .ifPresent(patterns -> filters.add(new PatternFilter(patterns, FilterReason.INCLUDE)));
    own.find(settings, ControlSettings.EXCLUDE)
        .ifPresent(patterns -> filters.add(new PatternFilter(patterns, FilterReason.EXCLUDE)));
    Redaction redaction = redaction();
    Recorder recorder = recorder(bufferBytes / 2, concurrent, diagnostics);
    return filters.isEmpty() && redaction == null && recorder == null
        ? LaneControl.NONE
        : new LaneControl(filters, redaction, recorder);
  }

  /// The variable of the key, if that is kept elsewhere; null if it is not, or there is no
  /// redaction.
  @Nullable Setting<String> referredKey() {
    Setting<String> key = own.inEffect(settings, ControlSettings.REDACT_KEY);
    boolean redacts =
        own.isSet(settings, ControlSettings.REDACT)
            || own.isSet(settings, ControlSettings.REDACT_PATTERN);
    return redacts && settings.hasReference(List.of(key)) ? key : null;
  }

  private @Nullable Redaction redaction() {
    Optional<Set<RedactionKind>> kinds = own.find(settings, ControlSettings.REDACT);
    Optional<List<RecordPattern>> patterns = own.find(settings, ControlSettings.REDACT_PATTERN);
    if (kinds.isEmpty() && patterns.isEmpty()) {
      return null;
    }
    return new LaneRedaction(
        new Redactor(
            kinds.orElse(Set.of()),
            patterns.orElse(List.of()),
            own.find(settings, ControlSettings.REDACT_KEY).orElse(null)));
  }

  /// Whether the lane has a flight recorder.
  boolean keepsFailedOnly() {
    return own.find(settings, ControlSettings.KEEP).orElse(Keep.ALL) == Keep.FAILED;
  }

  private @Nullable Recorder recorder(
      long heldBytesMax, boolean concurrent, Diagnostics diagnostics) {
    if (!keepsFailedOnly()) {
      return null;
    }
    RecorderRules rules =
        new RecorderRules(
            own.findOrDefault(settings, ControlSettings.KEEP_LEVEL).orElse(Severity.WARN),
            own.find(settings, ControlSettings.KEEP_SLOWER).orElse(null));
    Runnable report =
        () ->
            diagnostics.warn(
                "invocations run at the same time and lines have no request id: those are shipped"
                    + " despite PUSHER_KEEP");
    return new FlightRecorder(rules, heldBytesMax, concurrent ? report : null);
  }
}
