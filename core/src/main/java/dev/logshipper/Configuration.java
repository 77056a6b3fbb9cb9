package dev.logshipper;

import dev.logshipper.config.Problem;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.config.UnknownVariables;
import dev.logshipper.pipeline.LaneOptions;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Everything the environment says, judged at once: core's own settings, the sinks named, their
/// settings, and all that is wrong with any of it.
final class Configuration {
  private final Settings settings;
  private final CoreOptions options;
  private final Map<SinkProvider, SinkDefaults> chosen = new LinkedHashMap<>();
  private final List<String> unknownModes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /// @param environment the variables of the process
  Configuration(Map<String, String> environment, SinkSelector sinks) {
    Settings core = Settings.of(environment, List.of(CoreSettings.MODE));
    Set<String> modes = modes(core.get(CoreSettings.MODE));
    for (String mode : modes) {
      choose(mode, sinks);
    }
    if (modes.isEmpty()) {
      problems.add(
          CoreSettings.MODE.name()
              + " names no sink: expected one of "
              + sinks.modes()
              + "; all records are dropped");
    }
    this.settings = Settings.of(environment, declared(chosen.keySet()));
    chosen.replaceAll((provider, _) -> defaults(provider));
    this.options = new CoreOptions(settings, wishes());
    for (Problem problem : settings.problems()) {
      problems.add(problem.message());
    }
    for (Problem problem : UnknownVariables.in(environment, declared(sinks.providers()))) {
      problems.add(problem.message());
    }
    chosen.forEach(this::checkBuffer);
  }

  /// What each sink wishes, and nothing for those that are not there.
  private List<SinkDefaults> wishes() {
    List<SinkDefaults> wishes = new ArrayList<>(chosen.values());
    if (wishes.isEmpty()) {
      wishes.add(SinkDefaults.NONE);
    }
    return wishes;
  }

  private SinkDefaults defaults(SinkProvider provider) {
    try {
      return provider.defaults(settings.only(provider.settings()));
    } catch (RuntimeException | LinkageError e) {
      problems.add(
          provider.mode()
              + ": the sink cannot say what suits it ("
              + e.getClass().getName()
              + "); the defaults are used");
      return SinkDefaults.NONE;
    }
  }

  private void checkBuffer(SinkProvider provider, SinkDefaults wishes) {
    long half = options.bufferBytesMax() / 2;
    int triggerBytes = options.batching(wishes).triggerBytes();
    if (triggerBytes > half) {
      problems.add(
          provider.mode()
              + ": half of PUSHER_BUFFER_MB holds less than a batch of "
              + triggerBytes
              + " bytes; records leave when it is half full");
    }
  }

  private static Set<String> modes(String list) {
    Set<String> modes = new LinkedHashSet<>();
    for (String mode : list.split(",", -1)) {
      if (!mode.isBlank()) {
        modes.add(mode.strip().toLowerCase(Locale.ROOT));
      }
    }
    return modes;
  }

  private void choose(String mode, SinkSelector sinks) {
    Optional<SinkProvider> provider = sinks.find(mode);
    if (provider.isPresent()) {
      chosen.put(provider.get(), SinkDefaults.NONE);
    } else {
      unknownModes.add(mode);
      problems.add(
          CoreSettings.MODE.name()
              + "="
              + mode
              + ": expected one of "
              + sinks.modes()
              + "; records for it are dropped");
    }
  }

  private static List<Setting<?>> declared(Collection<SinkProvider> providers) {
    List<Setting<?>> declared = new ArrayList<>(CoreSettings.ofPlatform());
    declared.addAll(CoreSettings.ofUser());
    for (SinkProvider provider : providers) {
      for (Setting<?> setting : provider.settings()) {
        if (!declared.contains(setting)) {
          declared.add(setting);
        }
      }
    }
    return declared;
  }

  CoreOptions options() {
    return options;
  }

  Settings settings() {
    return settings;
  }

  /// One line that names all that is wrong; empty when nothing is.
  Optional<String> problemLine() {
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return Optional.of(count + " with the settings: " + String.join(" | ", problems));
  }

  /// A lane for each sink named; one that cannot work drops its records and counts them.
  List<LaneOptions> lanes(Supplier<FunctionIdentity> function, Diagnostics diagnostics) {
    List<LaneOptions> lanes = new ArrayList<>();
    for (Map.Entry<SinkProvider, SinkDefaults> entry : chosen.entrySet()) {
      SinkProvider provider = entry.getKey();
      List<Setting<?>> owned = provider.settings();
      SinkContext context = new SinkContext(settings.only(owned), function, diagnostics);
      lanes.add(
          lane(
              provider.mode(),
              entry.getValue(),
              settings.isComplete(owned)
                  ? Optional.of(() -> provider.open(context))
                  : Optional.empty()));
    }
    for (String mode : unknownModes) {
      lanes.add(lane(mode, SinkDefaults.NONE, Optional.empty()));
    }
    return lanes;
  }

  private LaneOptions lane(String name, SinkDefaults wishes, Optional<Supplier<Sink>> opener) {
    return new LaneOptions(
        name,
        opener,
        options.unwantedTypes(wishes),
        options.batching(wishes),
        options.firstRetryWait());
  }
}
