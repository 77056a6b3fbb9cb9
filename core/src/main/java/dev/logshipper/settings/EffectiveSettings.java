package dev.logshipper.settings;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.LaneConfig.Retries;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.SinkDefaults.Thresholds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Core's settings in effect: the user's variable for the lane, else that for all, else the default
/// that a selected sink brings, else core's default. Where sinks differ about a setting that they
/// share, the one that is safe for all applies: the larger buffer, the shorter time, the more
/// verbose log level.
///
/// @param settings core's variables
/// @param sinks the selected ones
record EffectiveSettings(Settings settings, List<SelectedSink> sinks) {

  EffectiveSettings {
    sinks = List.copyOf(sinks);
  }

  /// When the lanes without thresholds are flushed, all together: at the end of invocations if one
  /// of them wants that, else as `auto` decides if one of them does.
  FlushMode flushMode() {
    List<FlushMode> modes = new ArrayList<>();
    for (SelectedSink sink : sinks) {
      modes.add(flushMode(sink));
    }
    for (FlushMode strict : List.of(FlushMode.END, FlushMode.AUTO, FlushMode.NEXT_INVOKE)) {
      if (modes.contains(strict)) {
        return strict;
      }
    }
    return modes.getFirst();
  }

  /// Unless it is set for a lane, the first sink that has a default decides for all.
  private FlushMode flushMode(SelectedSink sink) {
    FlushMode first = null;
    for (SelectedSink each : sinks) {
      first = first == null ? each.defaults().flushMode() : first;
    }
    FlushMode fallback = first == null ? settings.get(CoreSettings.FLUSH) : first;
    return sink.own().find(settings, CoreSettings.FLUSH).orElse(fallback);
  }

  Level logLevel() {
    Level mostVerbose = null;
    for (SelectedSink sink : sinks) {
      mostVerbose = max(mostVerbose, sink.defaults().logLevel());
    }
    return choose(CoreSettings.LOG_LEVEL, mostVerbose);
  }

  long bufferBytes() {
    Long largest = null;
    for (SelectedSink sink : sinks) {
      largest = max(largest, sink.defaults().bufferBytes());
    }
    return choose(CoreSettings.BUFFER, largest);
  }

  int platformMaxItems() {
    Integer smallest = null;
    for (SelectedSink sink : sinks) {
      smallest = min(smallest, sink.defaults().platformMaxItems());
    }
    return choose(CoreSettings.PLATFORM_MAX_ITEMS, smallest);
  }

  int platformMaxBytes() {
    Integer smallest = null;
    for (SelectedSink sink : sinks) {
      smallest = min(smallest, sink.defaults().platformMaxBytes());
    }
    return choose(CoreSettings.PLATFORM_MAX_BYTES, smallest);
  }

  /// The shortest of the sinks': the other sinks get their records early, which does no harm.
  Duration platformTimeout() {
    Duration shortest = null;
    for (SelectedSink sink : sinks) {
      shortest = min(shortest, sink.defaults().platformTimeout());
    }
    return choose(CoreSettings.PLATFORM_TIMEOUT, shortest);
  }

  /// Types of records that at least one sink receives.
  Set<String> logTypes() {
    Set<String> all = new LinkedHashSet<>();
    for (SelectedSink sink : sinks) {
      all.addAll(logTypes(sink));
      if (new LaneRules(settings, sink.own()).keepsFailedOnly()) {
        // The platform's events report which invocations failed.
        all.add("platform");
      }
    }
    return all;
  }

  /// Types of records that are shipped, but not to this sink.
  Set<String> unwantedTypes(SelectedSink sink) {
    Set<String> unwanted = new LinkedHashSet<>(logTypes());
    logTypes(sink).forEach(unwanted::remove);
    return unwanted;
  }

  /// When the sink's lane tries again, and for how long.
  Retries retries(SelectedSink sink) {
    return new Retries(
        choose(sink, CoreSettings.RETRY_INTERVAL, sink.defaults().retryInterval()),
        choose(sink, CoreSettings.RETRY_AFTER_MAX, null),
        choose(sink, CoreSettings.REJECT_GRACE, null));
  }

  /// When the sink's lane sends, and how much at once.
  Batching batching(SelectedSink sink) {
    int batchBytes = choose(sink, CoreSettings.BATCH_BYTES, sink.defaults().batchBytes());
    Thresholds thresholds = thresholds(sink);
    if (thresholds == null) {
      Duration staleness = choose(sink, CoreSettings.MAX_STALENESS, null);
      return Batching.withEachFlush(batchBytes, staleness);
    }
    int triggerBytes = choose(sink, CoreSettings.BATCH_BYTES, thresholds.bytes());
    return new Batching(
        triggerBytes,
        Math.max(batchBytes, triggerBytes),
        choose(sink, CoreSettings.MAX_STALENESS, thresholds.staleness()),
        choose(sink, CoreSettings.BATCH_INVOKES, thresholds.invocations()));
  }

  /// Null if the lane sends with each flush.
  private @Nullable Thresholds thresholds(SelectedSink sink) {
    Thresholds ofSink = sink.defaults().thresholds();
    return switch (flushMode(sink)) {
      case AUTO -> ofSink;
      case BATCH -> ofSink != null ? ofSink : coreThresholds(sink);
      case BACKGROUND -> flushMode() == FlushMode.BACKGROUND ? null : inBackground(sink);
      case END, NEXT_INVOKE -> null;
    };
  }

  private Thresholds coreThresholds(SelectedSink sink) {
    return new Thresholds(
        choose(sink, CoreSettings.BATCH_BYTES, sink.defaults().batchBytes()),
        choose(sink, CoreSettings.BATCH_INVOKES, null),
        choose(sink, CoreSettings.MAX_STALENESS, null));
  }

  /// By age only, although other lanes are flushed.
  private Thresholds inBackground(SelectedSink sink) {
    return new Thresholds(
        choose(sink, CoreSettings.BATCH_BYTES, sink.defaults().batchBytes()),
        Integer.MAX_VALUE,
        choose(sink, CoreSettings.MAX_STALENESS, null));
  }

  private List<String> logTypes(SelectedSink sink) {
    List<String> ofSink = sink.defaults().logTypes();
    return choose(sink, CoreSettings.LOG_TYPES, ofSink.isEmpty() ? null : ofSink);
  }

  private <T> T choose(SelectedSink sink, Setting<T> setting, @Nullable T ofSink) {
    return sink.own()
        .find(settings, setting)
        .orElse(ofSink == null ? settings.get(setting) : ofSink);
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
