package dev.logshipper.settings;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.secret.LaneSecrets;
import dev.logshipper.secret.SecretSettings;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Configures an environment in which variables refer to secrets kept elsewhere. Loaded only then.
/// Stateless.
final class ReferredSecrets {
  private ReferredSecrets() {}

  /// Reads the declared variables, and those that the reading of secrets needs.
  static Settings read(Map<String, String> environment, List<Setting<?>> declared) {
    Set<Setting<?>> all = new LinkedHashSet<>(declared);
    all.addAll(SecretSettings.all());
    return Settings.of(environment, all, SecretSettings.classifier());
  }

  /// A lane that reads its secrets before it opens its sink.
  ///
  /// @param key the variable of the redaction's key, if it refers to one
  static LaneConfig lane(
      LaneConfig lane,
      Map<String, String> environment,
      SinkProvider provider,
      @Nullable Setting<String> key,
      Settings settings,
      Supplier<FunctionIdentity> function,
      Diagnostics diagnostics) {
    List<Setting<?>> owned = new ArrayList<>(provider.settings());
    if (key != null) {
      owned.add(key);
    }
    LaneSecrets secrets =
        LaneSecrets.of(
            environment,
            settings,
            owned,
            resolved -> {
              if (key != null && lane.control().redaction() instanceof LaneRedaction redaction) {
                redaction.redactor().rekey(resolved.get(key));
              }
              Settings own = resolved.only(provider.settings());
              return provider.open(new SinkContext(own, function, diagnostics));
            },
            diagnostics,
            System::nanoTime,
            System::currentTimeMillis);
    return lane.opened(secrets::open, secrets);
  }
}
