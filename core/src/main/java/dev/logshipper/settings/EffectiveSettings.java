package dev.logshipper.settings;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.LaneConfig.Retries;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkDefaults.Thresholds;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Core's settings in effect: the user's variable, else the default that a selected sink brings,
/// else core's default. Where sinks differ about a setting that they share, the one that is safe
/// for all applies: the larger buffer, the shorter time, the more verbose log level.
///
/// @param settings core's variables
/// @param sinks the defaults of each selected sink
record EffectiveSettings(Settings settings, List<SinkDefaults> sinks) {

  EffectiveSettings {
    sinks = List.copyOf(sinks);
  }

  FlushMode flushMode() {
    FlushMode first = null;
    for (SinkDefaults sink : sinks) {
      first = first == null ? sink.flushMode() : first;
    }
    return choose(CoreSettings.FLUSH, first);
  }

  Level logLevel() {
    Level mostVerbose = null;
    for (SinkDefaults sink : sinks) {
      mostVerbose = max(mostVerbose, sink.logLevel());
    }
    return choose(CoreSettings.LOG_LEVEL, mostVerbose);
  }

  long bufferBytes() {
    Long largest = null;
    for (SinkDefaults sink : sinks) {
      largest = max(largest, sink.bufferBytes());
    }
    return choose(CoreSettings.BUFFER, largest);
  }

  int platformMaxItems() {
    Integer smallest = null;
    for (SinkDefaults sink : sinks) {
      smallest = min(smallest, sink.platformMaxItems());
    }
    return choose(CoreSettings.PLATFORM_MAX_ITEMS, smallest);
  }

  int platformMaxBytes() {
    Integer smallest = null;
    for (SinkDefaults sink : sinks) {
      smallest = min(smallest, sink.platformMaxBytes());
    }
    return choose(CoreSettings.PLATFORM_MAX_BYTES, smallest);
  }

  /// The shortest of the sinks': the other sinks get their records early, which does no harm.
  Duration platformTimeout() {
    Duration shortest = null;
    for (SinkDefaults sink : sinks) {
      shortest = min(shortest, sink.platformTimeout());
    }
    return choose(CoreSettings.PLATFORM_TIMEOUT, shortest);
  }

  /// Types of records that at least one sink receives.
  Set<String> logTypes() {
    Set<String> all = new LinkedHashSet<>();
    for (SinkDefaults sink : sinks) {
      all.addAll(logTypes(sink));
    }
    return all;
  }

  /// Types of records that are shipped, but not to this sink.
  Set<String> unwantedTypes(SinkDefaults sink) {
    Set<String> unwanted = new LinkedHashSet<>(logTypes());
    logTypes(sink).forEach(unwanted::remove);
    return unwanted;
  }

  /// When the sink's lane tries again, and for how long.
  Retries retries(SinkDefaults sink) {
    return new Retries(
        choose(CoreSettings.RETRY_INTERVAL, sink.retryInterval()),
        settings.get(CoreSettings.RETRY_AFTER_MAX),
        settings.get(CoreSettings.REJECT_GRACE));
  }

  /// When the sink's lane sends, and how much at once.
  Batching batching(SinkDefaults sink) {
    int batchBytes = choose(CoreSettings.BATCH_BYTES, sink.batchBytes());
    Thresholds thresholds = thresholds(sink);
    if (thresholds == null) {
      return Batching.withEachFlush(batchBytes, settings.get(CoreSettings.MAX_STALENESS));
    }
    int triggerBytes = choose(CoreSettings.BATCH_BYTES, thresholds.bytes());
    return new Batching(
        triggerBytes,
        Math.max(batchBytes, triggerBytes),
        choose(CoreSettings.MAX_STALENESS, thresholds.staleness()),
        choose(CoreSettings.BATCH_INVOKES, thresholds.invocations()));
  }

  /// Null if the lane sends with each flush.
  private @Nullable Thresholds thresholds(SinkDefaults sink) {
    return switch (flushMode()) {
      case AUTO -> sink.thresholds();
      case BATCH -> sink.thresholds() != null ? sink.thresholds() : coreThresholds(sink);
      case END, NEXT_INVOKE, BACKGROUND -> null;
    };
  }

  private Thresholds coreThresholds(SinkDefaults sink) {
    return new Thresholds(
        choose(CoreSettings.BATCH_BYTES, sink.batchBytes()),
        settings.get(CoreSettings.BATCH_INVOKES),
        settings.get(CoreSettings.MAX_STALENESS));
  }

  private List<String> logTypes(SinkDefaults sink) {
    return choose(CoreSettings.LOG_TYPES, sink.logTypes().isEmpty() ? null : sink.logTypes());
  }

  private <T> T choose(Setting<T> setting, @Nullable T ofSink) {
    return ofSink == null || settings.isSet(setting) ? settings.get(setting) : ofSink;
  }

  private static <T extends Comparable<? super T>> @Nullable T max(@Nullable T a, @Nullable T b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static <T extends Comparable<? super T>> @Nullable T min(@Nullable T a, @Nullable T b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }
}
