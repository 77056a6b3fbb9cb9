package dev.logshipper;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.Batching;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkDefaults.Thresholds;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What governs one lane: what a user has set for all of them, else what the sink wishes, else the
/// default.
record LaneChoice(Settings settings, FlushMode mode, SinkDefaults wishes) {

  Batching batching() {
    int batchBytes = choose(CoreSettings.BATCH_BYTES, wishes.batchBytes());
    Thresholds thresholds = thresholds();
    if (thresholds == null) {
      int millis = settings.get(CoreSettings.MAX_STALENESS_MS);
      return Batching.withEachFlush(batchBytes, Duration.ofMillis(millis));
    }
    int triggerBytes = choose(CoreSettings.BATCH_BYTES, thresholds.bytes());
    long wishedMillis = thresholds.staleness().toMillis();
    long millis =
        settings.isSet(CoreSettings.MAX_STALENESS_MS)
            ? settings.get(CoreSettings.MAX_STALENESS_MS)
            : wishedMillis;
    return new Batching(
        triggerBytes,
        Math.max(batchBytes, triggerBytes),
        Duration.ofMillis(millis),
        choose(CoreSettings.BATCH_INVOKES, thresholds.invocations()));
  }

  /// Null when records leave with each flush.
  private @Nullable Thresholds thresholds() {
    return switch (mode) {
      case AUTO -> wishes.thresholds();
      case BATCH -> wishes.thresholds() != null ? wishes.thresholds() : usualThresholds();
      case END, NEXT_INVOKE, BACKGROUND -> null;
    };
  }

  private Thresholds usualThresholds() {
    return new Thresholds(
        choose(CoreSettings.BATCH_BYTES, wishes.batchBytes()),
        settings.get(CoreSettings.BATCH_INVOKES),
        Duration.ofMillis(settings.get(CoreSettings.MAX_STALENESS_MS)));
  }

  /// Categories of records that the lane's destination is to get.
  List<String> types() {
    if (settings.isSet(CoreSettings.LOG_TYPES)) {
      return settings.get(CoreSettings.LOG_TYPES);
    }
    if (!wishes.logTypes().isEmpty()) {
      return wishes.logTypes();
    }
    return settings
        .find(CoreSettings.ED_LOG_TYPES)
        .orElseGet(() -> settings.get(CoreSettings.LOG_TYPES));
  }

  private <T> T choose(Setting<T> setting, @Nullable T wish) {
    return settings.isSet(setting) || wish == null ? settings.get(setting) : wish;
  }
}
