package dev.logshipper;

import dev.logshipper.config.Settings;
import dev.logshipper.lifecycle.FlushMode;
import dev.logshipper.lifecycle.FlushOptions;
import dev.logshipper.lifecycle.Subscription;
import dev.logshipper.pipeline.Overflow;
import dev.logshipper.sink.Diagnostics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the settings mean for the parts of core.
final class CoreOptions {
  private static final String MANAGED_INSTANCES = "lambda-managed-instances";

  /// How late a delivery may be, beyond the time for which the platform buffers, on a starved CPU.
  private static final Duration PLATFORM_DELAY_MAX = Duration.ofSeconds(2);

  private final Settings settings;

  CoreOptions(Settings settings) {
    this.settings = settings;
  }

  Diagnostics.Level logLevel() {
    if (settings.isSet(CoreSettings.LOG_LEVEL)) {
      String word = settings.get(CoreSettings.LOG_LEVEL);
      return Diagnostics.Level.valueOf(word.toUpperCase(Locale.ROOT));
    }
    return settings
        .find(CoreSettings.PRINT_EXTENSION_LOGS)
        .map(print -> print ? Diagnostics.Level.DEBUG : Diagnostics.Level.WARN)
        .orElse(Diagnostics.Level.INFO);
  }

  boolean isManagedInstances() {
    return settings.get(CoreSettings.INITIALIZATION_TYPE).equals(MANAGED_INSTANCES);
  }

  boolean failsOnError() {
    return settings.get(CoreSettings.ON_ERROR).equals("fail");
  }

  FlushOptions flush() {
    boolean atNextInvoke =
        settings.get(CoreSettings.FLUSH_AT_NEXT_INVOKE) && !settings.isSet(CoreSettings.FLUSH);
    return new FlushOptions(
        atNextInvoke ? FlushMode.NEXT_INVOKE : FlushMode.of(settings.get(CoreSettings.FLUSH)),
        settings.get(CoreSettings.BATCH_INVOKES),
        staleness(),
        Duration.ofMillis(settings.get(CoreSettings.MAX_HOLD_MS)),
        PLATFORM_DELAY_MAX.plusMillis(settings.get(CoreSettings.PLATFORM_TIMEOUT_MS)));
  }

  Duration staleness() {
    return Duration.ofMillis(settings.get(CoreSettings.MAX_STALENESS_MS));
  }

  Duration firstRetryWait() {
    return Duration.ofMillis(settings.get(CoreSettings.RETRY_INTERVAL_MS));
  }

  int batchBytes() {
    return settings.get(CoreSettings.BATCH_BYTES);
  }

  long bufferBytesMax() {
    return settings.get(CoreSettings.BUFFER_MB) * 1024L * 1024L;
  }

  Overflow overflow() {
    String word = settings.get(CoreSettings.OVERFLOW);
    return Overflow.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  Set<String> wantedTypes() {
    return Set.copyOf(settings.get(CoreSettings.LOG_TYPES));
  }

  /// Platform events are always asked for: they say when an invocation has ended and whose lines
  /// are whose. Those that the user does not want go no further than the listener.
  Subscription subscription() {
    List<String> types = new ArrayList<>(settings.get(CoreSettings.LOG_TYPES));
    if (!types.contains("platform")) {
      types.add("platform");
    }
    boolean telemetryFirst = settings.get(CoreSettings.LOGS_API).equals("telemetry");
    return new Subscription(
        telemetryFirst ? Subscription.Api.TELEMETRY : Subscription.Api.LOGS,
        types,
        settings.get(CoreSettings.PLATFORM_MAX_ITEMS),
        settings.get(CoreSettings.PLATFORM_MAX_BYTES),
        settings.get(CoreSettings.PLATFORM_TIMEOUT_MS),
        isManagedInstances());
  }
}
