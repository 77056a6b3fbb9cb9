package dev.logshipper.settings;

import dev.logshipper.config.Problem;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.intake.LiftedField;
import dev.logshipper.intake.LineStages;
import dev.logshipper.lifecycle.FlushConfig;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.platform.Subscription;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The validated environment: core's settings in effect, the selected sinks, and all problems with
/// either. Immutable once built.
public final class Configuration {
  private static final String MANAGED_INSTANCES = "lambda-managed-instances";

  /// Delay of a delivery on a starved CPU, beyond the time for which the platform buffers.
  private static final Duration PLATFORM_DELAY_MAX = Duration.ofSeconds(2);

  /// Below this size, the CPU available after init is too little for the code of a first send.
  private static final int SCARCE_CPU_MEGABYTES_BELOW = 512;

  private static final Duration WARM_UP_MAX = Duration.ofMillis(500);

  /// Not where the CPU is scarce: there a flush could take many invocations, and more time than a
  /// shutdown lasts.
  private static final Duration FIRST_HOLD_MAX = Duration.ofMillis(250);

  private final Map<String, String> environment;
  private final Settings settings;
  private final EffectiveSettings effective;
  private final Modes modes;
  private final Map<SinkProvider, SelectedSink> selected = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<SinkProvider> contradictory;

  /// @param environment the variables of the process
  public Configuration(Map<String, String> environment, AvailableSinks sinks) {
    this.environment = environment;
    this.modes =
        Modes.of(
            Settings.of(environment, List.of(CoreSettings.MODE)).get(CoreSettings.MODE), sinks);
    problems.addAll(modes.problems());
    List<SinkProvider> providers = new ArrayList<>();
    modes.chains().forEach(providers::addAll);
    List<Setting<?>> declared = new ArrayList<>(DeclaredSettings.of(providers));
    for (SinkProvider provider : providers) {
      LaneSettings own = LaneSettings.in(environment, provider);
      declared.addAll(own.declared());
      selected.put(provider, new SelectedSink(provider.mode(), SinkDefaults.NONE, own));
    }
    this.settings =
        Settings.holdsArn(environment, declared)
            ? ReferredSecrets.read(environment, declared)
            : Settings.of(environment, declared);
    selected.replaceAll(
        (provider, sink) -> new SelectedSink(sink.mode(), defaults(provider), sink.own()));
    // Without a sink, core's defaults apply.
    this.effective =
        new EffectiveSettings(
            settings,
            selected.isEmpty() ? List.of(SelectedSink.none("")) : List.copyOf(selected.values()));
    ConfigurationChecks checks =
        new ConfigurationChecks(environment, declared, settings, effective, modes, selected);
    problems.addAll(checks.problems(sinks));
    this.contradictory = checks.contradictory();
  }

  private SinkDefaults defaults(SinkProvider provider) {
    try {
      return provider.defaults(settings.only(provider.settings()));
    } catch (RuntimeException | LinkageError e) {
      problems.add(
          new Problem(
              "",
              provider.mode() + ": defaults() failed (" + e.getClass().getName() + ")",
              "; using core's"));
      return SinkDefaults.NONE;
    }
  }

  /// One line that names all problems; empty without any.
  public Optional<String> problemLine() {
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new ProblemLine(problems, failsOnError()).toString());
  }

  /// All problems, for people.
  public List<String> problems() {
    List<String> lines = new ArrayList<>();
    for (Problem problem : problems) {
      lines.add(problem.message());
    }
    return lines;
  }

  /// The settings in effect with their sources, for people: a line for core and for each sink.
  public List<String> report() {
    return new SettingsReport(environment, settings, effective, selected).lines();
  }

  /// The same, an entry `NAME=value (source)` each, by mode; those of core under an empty name.
  public Map<String, List<String>> reportEntries() {
    return new SettingsReport(environment, settings, effective, selected).entries();
  }

  /// Whether a configuration problem is reported as an init error.
  public boolean failsOnError() {
    return settings.get(CoreSettings.ON_ERROR) == CoreSettings.OnError.FAIL;
  }

  /// One lane per selected sink; a lane whose sink cannot work drops its records and counts them.
  public List<LaneConfig> lanes(Supplier<FunctionIdentity> function, Diagnostics diagnostics) {
    return new LaneAssembly(
            environment, settings, effective, selected, contradictory, function, diagnostics)
        .lanes(modes, bufferBytesMax(), runsConcurrently());
  }

  /// When to flush, and how long an invocation may be held for it.
  public FlushConfig flush() {
    return new FlushConfig(
        effective.flushMode(),
        settings.get(CoreSettings.MAX_STALENESS),
        settings.get(CoreSettings.MAX_HOLD),
        isCpuScarce() ? settings.get(CoreSettings.MAX_HOLD) : FIRST_HOLD_MAX,
        PLATFORM_DELAY_MAX.plus(effective.platformTimeout()));
  }

  /// Maximum time that init waits for sinks to warm up; zero: there is no warm-up.
  public Duration warmUp() {
    return settings
        .find(CoreSettings.WARM_UP)
        .orElse(isCpuScarce() && !isManagedInstances() ? WARM_UP_MAX : Duration.ZERO);
  }

  private boolean isCpuScarce() {
    int megabytes = memoryMegabytes();
    return megabytes > 0 && megabytes < SCARCE_CPU_MEGABYTES_BELOW;
  }

  /// Whether the extension's own warnings are shipped.
  public boolean shipsOwnLines() {
    return settings.get(CoreSettings.OWN_LINES);
  }

  /// Whether records about the extension itself are shipped.
  public boolean shipsHealth() {
    return !settings.get(CoreSettings.HEALTH_RECORDS).equals(CoreSettings.HEALTH_OFF);
  }

  /// Whether those contain metrics for CloudWatch.
  public boolean hasHealthMetrics() {
    return settings.get(CoreSettings.HEALTH_RECORDS).equals(CoreSettings.HEALTH_EMF);
  }

  /// Minimum time between two of them.
  public Duration healthInterval() {
    return settings.get(CoreSettings.HEALTH_INTERVAL);
  }

  /// Whether TLS is BoringSSL's, not Java's.
  public boolean usesNativeTls() {
    return settings.get(CoreSettings.TLS) == CoreSettings.Tls.NATIVE;
  }

  /// The log subscription. It always includes platform events: they report the end of an invocation
  /// and identify its lines. The listener discards the types that no sink wants.
  public Subscription subscription() {
    Set<String> types = new LinkedHashSet<>(logTypes());
    types.add("platform");
    return new Subscription(
        settings.get(CoreSettings.LOGS_API),
        List.copyOf(types),
        effective.platformMaxItems(),
        effective.platformMaxBytes(),
        (int) effective.platformTimeout().toMillis(),
        isManagedInstances());
  }

  /// Types of records that at least one sink receives.
  public Set<String> logTypes() {
    return effective.logTypes();
  }

  /// The steps between the parser and the pipeline; null for none.
  public @Nullable LineStages lineStages() {
    boolean joins = settings.get(CoreSettings.JOIN_LINES);
    Optional<List<LiftedField>> lifted = settings.find(CoreSettings.LIFT);
    return joins || lifted.isPresent() ? LineStages.of(joins, lifted.orElse(List.of())) : null;
  }

  /// Size of the buffer in bytes.
  public long bufferBytesMax() {
    return effective.bufferBytes();
  }

  /// Size of the spool in bytes; 0 for none.
  public long spoolBytesMax() {
    return settings.get(CoreSettings.SPOOL);
  }

  /// The folder of temporary files.
  public String temporaryFolder() {
    return settings.get(PlatformSettings.TEMPORARY_FOLDER);
  }

  /// Which records are dropped when the buffer is full.
  public Overflow overflow() {
    return settings.get(CoreSettings.OVERFLOW);
  }

  /// Whether deliveries are rejected while the buffer is nearly full. Never on Managed Instances,
  /// where the platform does not repeat a rejected delivery.
  public boolean backpressure() {
    return settings.get(CoreSettings.BACKPRESSURE) && !isManagedInstances();
  }

  /// The log level of the extension itself.
  public Level logLevel() {
    return effective.logLevel();
  }

  /// Whether the environment is one of Lambda Managed Instances.
  public boolean isManagedInstances() {
    return settings.get(PlatformSettings.INITIALIZATION_TYPE).equals(MANAGED_INSTANCES);
  }

  /// Whether several invocations may run in the environment at the same time.
  public boolean runsConcurrently() {
    return isManagedInstances() || settings.get(PlatformSettings.MAX_CONCURRENCY) > 1;
  }

  /// Host and port of the Extensions API.
  public String runtimeApi() {
    return settings.get(PlatformSettings.RUNTIME_API);
  }

  /// The function's region; empty if unknown.
  public String region() {
    return settings.get(PlatformSettings.REGION);
  }

  /// The function's memory size; 0 if unknown.
  public int memoryMegabytes() {
    return settings.get(PlatformSettings.MEMORY_SIZE);
  }
}
