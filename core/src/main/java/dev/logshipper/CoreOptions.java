package dev.logshipper;

import dev.logshipper.config.Settings;
import dev.logshipper.lifecycle.FlushOptions;
import dev.logshipper.pipeline.Batching;
import dev.logshipper.pipeline.Overflow;
import dev.logshipper.platform.Subscription;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.SinkDefaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What the settings mean for the parts of core.
final class CoreOptions {
  private static final String MANAGED_INSTANCES = "lambda-managed-instances";

  /// How late a delivery may be, beyond the time for which the platform buffers, on a starved CPU.
  private static final Duration PLATFORM_DELAY_MAX = Duration.ofSeconds(2);

  /// Up to here the CPU that a function has after init makes a first send last longer than init
  /// would wait for it.
  private static final int SCARCE_CPU_MEGABYTES_MAX = 256;

  private static final Duration WARM_UP_MAX = Duration.ofMillis(500);

  private final Settings settings;
  private final List<SinkDefaults> wishes;

  /// @param wishes of the sinks, one each
  CoreOptions(Settings settings, List<SinkDefaults> wishes) {
    this.settings = settings;
    this.wishes = List.copyOf(wishes);
  }

  Level logLevel() {
    if (settings.isSet(CoreSettings.LOG_LEVEL)) {
      String word = settings.get(CoreSettings.LOG_LEVEL);
      return Level.valueOf(word.toUpperCase(Locale.ROOT));
    }
    if (settings.find(CoreSettings.LOKI_DEBUG).orElse(false)) {
      return Level.DEBUG;
    }
    return settings
        .find(CoreSettings.PRINT_EXTENSION_LOGS)
        .map(print -> print ? Level.DEBUG : Level.WARN)
        .orElse(Level.INFO);
  }

  boolean isManagedInstances() {
    return settings.get(CoreSettings.INITIALIZATION_TYPE).equals(MANAGED_INSTANCES);
  }

  boolean failsOnError() {
    return settings.get(CoreSettings.ON_ERROR).equals("fail");
  }

  FlushOptions flush() {
    return new FlushOptions(
        flushMode(),
        Duration.ofMillis(settings.get(CoreSettings.MAX_STALENESS_MS)),
        Duration.ofMillis(settings.get(CoreSettings.MAX_HOLD_MS)),
        PLATFORM_DELAY_MAX.plusMillis(platformTimeoutMillis()));
  }

  /// How long init may wait for sinks to get ready; zero: they get ready beside the function.
  Duration warmUp() {
    Optional<Integer> millis = settings.find(CoreSettings.WARM_UP_MS);
    if (millis.isPresent()) {
      return Duration.ofMillis(millis.get());
    }
    int megabytes = settings.get(CoreSettings.MEMORY_SIZE);
    boolean scarce = megabytes > 0 && megabytes <= SCARCE_CPU_MEGABYTES_MAX;
    return scarce && !isManagedInstances() ? WARM_UP_MAX : Duration.ZERO;
  }

  private FlushMode flushMode() {
    boolean atNextInvoke =
        settings.get(CoreSettings.FLUSH_AT_NEXT_INVOKE) && !settings.isSet(CoreSettings.FLUSH);
    return atNextInvoke ? FlushMode.NEXT_INVOKE : FlushMode.of(settings.get(CoreSettings.FLUSH));
  }

  Duration firstRetryWait() {
    return Duration.ofMillis(settings.get(CoreSettings.RETRY_INTERVAL_MS));
  }

  /// When the records of a sink leave.
  Batching batching(SinkDefaults sink) {
    return laneOf(sink).batching();
  }

  /// Categories that are shipped, but not by this sink.
  Set<String> unwantedTypes(SinkDefaults sink) {
    Set<String> unwanted = new LinkedHashSet<>(wantedTypes());
    laneOf(sink).types().forEach(unwanted::remove);
    return unwanted;
  }

  private LaneChoice laneOf(SinkDefaults sink) {
    return new LaneChoice(settings, flushMode(), sink);
  }

  long bufferBytesMax() {
    return settings.get(CoreSettings.BUFFER_MB) * 1024L * 1024L;
  }

  Overflow overflow() {
    String word = settings.get(CoreSettings.OVERFLOW);
    return Overflow.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /// On Managed Instances a refused delivery may be lost: the platform does not repeat it.
  boolean backpressure() {
    return settings.get(CoreSettings.BACKPRESSURE) && !isManagedInstances();
  }

  /// Categories that some sink is to get.
  Set<String> wantedTypes() {
    Set<String> wanted = new LinkedHashSet<>();
    for (SinkDefaults sink : wishes) {
      wanted.addAll(laneOf(sink).types());
    }
    return wanted;
  }

  /// The shortest that was asked for: the others get their records early, which harms nobody.
  private int platformTimeoutMillis() {
    if (settings.isSet(CoreSettings.PLATFORM_TIMEOUT_MS)) {
      return settings.get(CoreSettings.PLATFORM_TIMEOUT_MS);
    }
    int shortest = settings.find(CoreSettings.ED_TIMEOUT_MS).orElse(Integer.MAX_VALUE);
    for (SinkDefaults sink : wishes) {
      Duration timeout = sink.platformTimeout();
      shortest = timeout == null ? shortest : Math.min(shortest, (int) timeout.toMillis());
    }
    return shortest == Integer.MAX_VALUE
        ? settings.get(CoreSettings.PLATFORM_TIMEOUT_MS)
        : shortest;
  }

  /// Platform events are always asked for: they say when an invocation has ended and whose lines
  /// are whose. Those that the user does not want go no further than the listener.
  Subscription subscription() {
    List<String> types = new ArrayList<>(wantedTypes());
    if (!types.contains("platform")) {
      types.add("platform");
    }
    boolean telemetryFirst = settings.get(CoreSettings.LOGS_API).equals("telemetry");
    return new Subscription(
        telemetryFirst ? Subscription.Api.TELEMETRY : Subscription.Api.LOGS,
        types,
        settings.get(CoreSettings.PLATFORM_MAX_ITEMS),
        settings.get(CoreSettings.PLATFORM_MAX_BYTES),
        platformTimeoutMillis(),
        isManagedInstances());
  }
}
