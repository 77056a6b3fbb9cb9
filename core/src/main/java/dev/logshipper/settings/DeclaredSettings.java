package dev.logshipper.settings;

import dev.logshipper.config.Setting;
import dev.logshipper.sink.SinkProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Lists the variables that are declared. Stateless.
final class DeclaredSettings {
  private DeclaredSettings() {}

  /// Those of core, for all lanes, and of some sinks.
  static List<Setting<?>> of(Collection<SinkProvider> providers) {
    Set<Setting<?>> declared = new LinkedHashSet<>(PlatformSettings.all());
    declared.addAll(CoreSettings.ofUser());
    declared.addAll(ControlSettings.ofUser());
    declared.addAll(ofSinks(providers));
    return List.copyOf(declared);
  }

  /// Those of some sinks only.
  static List<Setting<?>> ofSinks(Collection<SinkProvider> providers) {
    List<Setting<?>> settings = new ArrayList<>();
    for (SinkProvider provider : providers) {
      settings.addAll(provider.settings());
    }
    return settings;
  }

  /// All that a layer knows, those for one lane included.
  static List<Setting<?>> ofAll(AvailableSinks sinks) {
    List<Setting<?>> known = new ArrayList<>(of(sinks.providers()));
    for (SinkProvider provider : sinks.providers()) {
      known.addAll(LaneSettings.all(provider));
    }
    return known;
  }
}
