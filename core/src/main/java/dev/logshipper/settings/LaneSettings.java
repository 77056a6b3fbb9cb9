package dev.logshipper.settings;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.SinkProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The variables that a user sets for one lane: `PUSHER_<MODE>_X` takes precedence over `PUSHER_X`
/// there. Most environments set none.
final class LaneSettings {
  private static final String PREFIX = "PUSHER_";

  /// Core's settings that make sense for one lane.
  private static final List<Setting<?>> FOR_ONE_LANE =
      List.of(
          CoreSettings.FLUSH,
          CoreSettings.MAX_STALENESS,
          CoreSettings.BATCH_BYTES,
          CoreSettings.BATCH_INVOKES,
          CoreSettings.RETRY_INTERVAL,
          CoreSettings.RETRY_AFTER_MAX,
          CoreSettings.REJECT_GRACE,
          CoreSettings.LOG_TYPES);

  private final Map<Setting<?>, Setting<?>> own;

  private LaneSettings(Map<Setting<?>, Setting<?>> own) {
    this.own = own;
  }

  /// The variables of a sink's lane that are set.
  static LaneSettings in(Map<String, String> environment, SinkProvider provider) {
    IdentityHashMap<Setting<?>, Setting<?>> own = new IdentityHashMap<>();
    for (Setting<?> setting : forOneLane()) {
      String name = name(setting, provider.mode());
      List<String> aliases = aliases(setting, provider);
      if (environment.containsKey(name) || !Collections.disjoint(environment.keySet(), aliases)) {
        own.put(setting, setting.named(name).alias(aliases.toArray(new String[0])));
      }
    }
    return new LaneSettings(own);
  }

  /// None.
  static LaneSettings none() {
    return new LaneSettings(Map.of());
  }

  /// All variables that a lane may have.
  static Collection<Setting<?>> all(SinkProvider provider) {
    List<Setting<?>> all = new ArrayList<>();
    for (Setting<?> setting : forOneLane()) {
      String[] aliases = aliases(setting, provider).toArray(new String[0]);
      all.add(setting.named(name(setting, provider.mode())).alias(aliases));
    }
    return all;
  }

  /// The settings that may be set for one lane.
  static List<Setting<?>> forOneLane() {
    List<Setting<?>> all = new ArrayList<>(FOR_ONE_LANE);
    all.addAll(ControlSettings.ofUser());
    return all;
  }

  private static List<String> aliases(Setting<?> setting, SinkProvider provider) {
    List<String> names = new ArrayList<>();
    for (String alias : provider.aliases()) {
      names.add(name(setting, alias));
    }
    return names;
  }

  private static String name(Setting<?> setting, String mode) {
    String word = mode.toUpperCase(Locale.ROOT).replace('-', '_');
    return PREFIX + word + "_" + setting.name().substring(PREFIX.length());
  }

  /// The lane's own variables, to be declared, in the order of the documentation.
  Collection<Setting<?>> declared() {
    if (own.isEmpty()) {
      return List.of();
    }
    List<Setting<?>> declared = new ArrayList<>();
    for (Setting<?> setting : forOneLane()) {
      Setting<?> ofLane = own.get(setting);
      if (ofLane != null) {
        declared.add(ofLane);
      }
    }
    return declared;
  }

  /// The value that the user set, for this lane or for all.
  <T> Optional<T> find(Settings settings, Setting<T> setting) {
    Setting<T> inEffect = inEffect(settings, setting);
    return settings.isSet(inEffect) ? settings.find(inEffect) : Optional.empty();
  }

  /// The variable that takes precedence: the lane's own if it has a usable value.
  <T> Setting<T> inEffect(Settings settings, Setting<T> setting) {
    Setting<T> ofLane = own(setting);
    return ofLane != null && settings.isSet(ofLane) ? ofLane : setting;
  }

  /// Whether the user set it, for this lane or for all, to a value or to a reference to a secret.
  boolean isSet(Settings settings, Setting<?> setting) {
    return settings.isSet(inEffect(settings, setting));
  }

  /// The value in effect, if there is one.
  <T> Optional<T> findOrDefault(Settings settings, Setting<T> setting) {
    Optional<T> given = find(settings, setting);
    return given.isPresent() ? given : setting.fallback();
  }

  /// Whether a variable in effect for this lane is unusable.
  boolean isUnusable(Settings settings, Setting<?> setting) {
    Setting<?> ofLane = own.getOrDefault(setting, setting);
    boolean isGiven = settings.isSet(ofLane) || settings.isUnusable(ofLane);
    return settings.isUnusable(isGiven ? ofLane : setting);
  }

  /// The name of the variable in effect.
  String name(Setting<?> setting) {
    return own.getOrDefault(setting, setting).name();
  }

  private <T> @Nullable Setting<T> own(Setting<T> setting) {
    @SuppressWarnings("unchecked") // in() maps each setting to one of its own kind
    Setting<T> ofLane = (Setting<T>) own.get(setting);
    return ofLane;
  }
}
