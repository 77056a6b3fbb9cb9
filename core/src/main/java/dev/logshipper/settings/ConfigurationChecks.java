package dev.logshipper.settings;

import dev.logshipper.config.Problem;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.config.UnknownVariables;
import dev.logshipper.sink.SinkProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the problems of an environment once its variables are read: unusable and missing values,
/// unknown names, and variables that contradict one another. Used once.
final class ConfigurationChecks {
  private final Map<String, String> environment;
  private final List<Setting<?>> declared;
  private final Settings settings;
  private final EffectiveSettings effective;
  private final Modes modes;
  private final Map<SinkProvider, SelectedSink> selected;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<SinkProvider> contradictory = new LinkedHashSet<>();

  ConfigurationChecks(
      Map<String, String> environment,
      List<Setting<?>> declared,
      Settings settings,
      EffectiveSettings effective,
      Modes modes,
      Map<SinkProvider, SelectedSink> selected) {
    this.environment = environment;
    this.declared = declared;
    this.settings = settings;
    this.effective = effective;
    this.modes = modes;
    this.selected = selected;
  }

  List<Problem> problems(AvailableSinks sinks) {
    checkValues();
    checkNames(sinks);
    selected.forEach(this::checkContradictions);
    selected.forEach(this::checkBuffer);
    selected.values().forEach(this::checkRules);
    checkWarmUp();
    return problems;
  }

  /// The sinks that cannot work because their variables contradict one another.
  Set<SinkProvider> contradictory() {
    return contradictory;
  }

  /// A missing variable of the default sink needs an explanation.
  private void checkValues() {
    if (settings.isSet(CoreSettings.MODE) || settings.problems().isEmpty()) {
      problems.addAll(settings.problems());
      return;
    }
    Set<String> missing = new LinkedHashSet<>();
    for (Setting<?> setting : DeclaredSettings.ofSinks(selected.keySet())) {
      if (setting.isRequired() && !settings.isSet(setting) && !settings.isUnusable(setting)) {
        missing.add(setting.name());
      }
    }
    String remark = " (the sink is http, because PUSHER_MODE is not set)";
    for (Problem problem : settings.problems()) {
      problems.add(missing.contains(problem.variable()) ? problem.remarked(remark) : problem);
    }
  }

  /// The variables of sinks that are not selected are known, too; they are listed only if a name is
  /// not among those that are read.
  private void checkNames(AvailableSinks sinks) {
    List<Setting<?>> ofSinks = DeclaredSettings.ofSinks(selected.keySet());
    if (UnknownVariables.in(environment, declared, ofSinks, List.of(), "").isEmpty()) {
      return;
    }
    Set<String> missing = new LinkedHashSet<>(modes.missing());
    missing.addAll(sinks.absent());
    problems.addAll(
        UnknownVariables.in(
            environment, DeclaredSettings.ofAll(sinks), ofSinks, missing, sinks.modes()));
  }

  private void checkContradictions(SinkProvider provider, SelectedSink sink) {
    if (!settings.isComplete(provider.settings())) {
      return;
    }
    for (String contradiction : contradictions(provider)) {
      contradictory.add(provider);
      problems.add(
          new Problem(
              "",
              provider.mode() + ": " + contradiction,
              "; its sink is off and records for it are dropped"));
    }
  }

  private List<String> contradictions(SinkProvider provider) {
    try {
      return List.copyOf(provider.contradictions(settings.only(provider.settings())));
    } catch (RuntimeException | LinkageError _) {
      // Not known, then: open() reports the failure of a sink.
      return List.of();
    }
  }

  private void checkBuffer(SinkProvider provider, SelectedSink sink) {
    int triggerBytes = effective.batching(sink).triggerBytes();
    if (triggerBytes > effective.bufferBytes() / 2) {
      problems.add(
          new Problem(
              CoreSettings.BUFFER.name(),
              provider.mode()
                  + ": half of PUSHER_BUFFER_MB is smaller than a batch of "
                  + triggerBytes
                  + " bytes",
              "; batches are sent when the buffer is half full"));
    }
  }

  private void checkRules(SelectedSink sink) {
    for (String line : new LaneRules(settings, sink.own()).problems()) {
      Problem problem = new Problem("", line, "");
      if (!problems.contains(problem)) {
        problems.add(problem);
      }
    }
  }

  /// With an early start, init waits for nothing.
  private void checkWarmUp() {
    if (!settings.isSet(CoreSettings.WARM_UP) || !settings.isSet(CoreSettings.EARLY_START)) {
      return;
    }
    boolean warmsUp = !settings.find(CoreSettings.WARM_UP).orElse(Duration.ZERO).isZero();
    if (warmsUp && settings.get(CoreSettings.EARLY_START)) {
      problems.add(
          new Problem(
              CoreSettings.WARM_UP.name(),
              "PUSHER_WARM_UP_MS has no effect with PUSHER_EARLY_START=true",
              "; init does not wait for a warm-up"));
    }
  }
}
