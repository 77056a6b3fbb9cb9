package dev.logshipper.settings;

import dev.logshipper.config.Setting;
import dev.logshipper.config.SettingDescriptions;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.sink.SinkProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
  private static final String SENDS = "sends ";

  /// One line for core, and one for each sink.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    entries()
        .forEach((owner, all) ->
            lines.add((owner.isEmpty() ? "" : owner + ": ") + "settings: " + joined(all)));
    return lines;
  }

  /// An entry `NAME=value (source)` for each setting in effect, by the mode of its sink; those of
  /// core under an empty name. The last entry of a sink describes when it sends.
  Map<String, List<String>> entries() {
    Map<String, List<String>> entries = new LinkedHashMap<>();
    List<Setting<?>> core = new ArrayList<>(CoreSettings.ofUser());
    core.addAll(ControlSettings.ofUser());
    entries.put("", described(core));
    selected.forEach((provider, sink) -> entries.put(sink.mode(), lane(provider, sink)));
    return entries;
  }

  private List<String> lane(SinkProvider provider, SelectedSink sink) {
    List<Setting<?>> all = new ArrayList<>(provider.settings());
    all.addAll(sink.own().declared());
    List<String> lane = described(all);
    lane.add(described(effective.batching(sink)));
    return lane;
  }

  private List<String> described(Collection<Setting<?>> all) {
    List<String> entries = new ArrayList<>();
    for (Setting<?> setting : all) {
      String one = describe(setting);
      if (!one.isEmpty()) {
        entries.add(one);
      }
    }
    return entries;
  }

  /// The description of batches stands apart.
  private static String joined(List<String> entries) {
    StringBuilder text = new StringBuilder();
    for (String entry : entries) {
      String separator = entry.startsWith(SENDS) ? "; " : ", ";
      text.append(text.isEmpty() ? "" : separator).append(entry);
    }
    return text.toString();
  }

  private <T> String describe(Setting<T> setting) {
    @SuppressWarnings("unchecked") // each setting is paired with a value of its own type
    T ofSinks = (T) inEffect(setting);
    return new SettingDescriptions(settings, environment).describe(setting, ofSinks);
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
            ? SENDS + "with each flush"
            : SENDS + "every " + batching.invocationsMax() + " invocations";
    return trigger
        + ", at "
        + batching.triggerBytes()
        + " bytes, or after "
        + batching.staleness().toMillis()
        + " ms";
  }
}
