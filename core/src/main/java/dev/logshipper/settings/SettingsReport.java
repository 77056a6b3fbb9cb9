package dev.logshipper.settings;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.sink.SinkProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Describes the settings in effect, each with its source, for `PUSHER_LOG_LEVEL=debug`. Not loaded
/// otherwise.
///
/// @param environment the variables of the process
record SettingsReport(
    Map<String, String> environment,
    Settings settings,
    EffectiveSettings effective,
    Map<SinkProvider, SelectedSink> selected) {

  /// One line for core, and one for each sink.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<Setting<?>> core = new ArrayList<>(CoreSettings.ofUser());
    core.addAll(ControlSettings.ofUser());
    lines.add("settings: " + described(core));
    selected.forEach((provider, sink) -> lines.add(lane(provider, sink)));
    return lines;
  }

  private String lane(SinkProvider provider, SelectedSink sink) {
    List<Setting<?>> all = new ArrayList<>(provider.settings());
    all.addAll(sink.own().declared());
    return sink.mode()
        + ": settings: "
        + described(all)
        + "; "
        + described(effective.batching(sink));
  }

  private String described(Collection<Setting<?>> all) {
    StringBuilder text = new StringBuilder();
    for (Setting<?> setting : all) {
      String one = describe(setting);
      if (!one.isEmpty()) {
        text.append(text.isEmpty() ? "" : ", ").append(one);
      }
    }
    return text.toString();
  }

  private <T> String describe(Setting<T> setting) {
    @SuppressWarnings("unchecked") // each setting is paired with a value of its own type
    T ofSinks = (T) inEffect(setting);
    return settings.describe(setting, environment, ofSinks);
  }

  /// The value of a setting of core in which sinks have a say; null for any other.
  private @Nullable Object inEffect(Setting<?> setting) {
    if (setting == CoreSettings.FLUSH) {
      return effective.flushMode();
    }
    if (setting == CoreSettings.LOG_LEVEL) {
      return effective.logLevel();
    }
    if (setting == CoreSettings.BUFFER) {
      return effective.bufferBytes();
    }
    if (setting == CoreSettings.PLATFORM_MAX_ITEMS) {
      return effective.platformMaxItems();
    }
    if (setting == CoreSettings.PLATFORM_MAX_BYTES) {
      return effective.platformMaxBytes();
    }
    return setting == CoreSettings.PLATFORM_TIMEOUT ? effective.platformTimeout() : null;
  }

  private static String described(Batching batching) {
    String trigger =
        batching.invocationsMax() == Batching.WITH_EACH_FLUSH
            ? "sends with each flush"
            : "sends every " + batching.invocationsMax() + " invocations";
    return trigger
        + ", at "
        + batching.triggerBytes()
        + " bytes, or after "
        + batching.staleness().toMillis()
        + " ms";
  }
}
