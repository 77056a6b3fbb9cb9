package dev.logshipper.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Describes variables with their values in effect and the sources of the values, for people. Not
/// loaded otherwise.
///
/// @param environment the variables of the process
public record SettingDescriptions(Settings settings, Map<String, String> environment) {

  /// A variable with its value in effect and the value's source; empty without a value. No secret
  /// is shown.
  ///
  /// @param inEffect the value, where a sink has a say in it; null for that of the variable
  public <T> String describe(Setting<T> setting, @Nullable T inEffect) {
    boolean given = settings.isSet(setting);
    String value;
    if (setting.isSecret() || settings.hasReference(List.of(setting))) {
      value = given ? ProblemText.HIDDEN : "";
    } else {
      value =
          ProblemText.shown(
              inEffect == null ? settings.valueText(setting) : setting.write(inEffect));
    }
    return value.isEmpty()
        ? ""
        : setting.name() + "=" + value + " (" + source(setting, inEffect) + ")";
  }

  private <T> String source(Setting<T> setting, @Nullable T inEffect) {
    if (settings.isSet(setting)) {
      String variable = nameOf(setting);
      return variable.equals(setting.name()) ? "set" : variable;
    }
    for (Setting<?> known : settings.declared()) {
      if (known.coreName().equals(setting.name()) && settings.isSet(known)) {
        return nameOf(known);
      }
    }
    boolean ofSink = inEffect != null && !setting.fallback().equals(Optional.of(inEffect));
    return ofSink ? "default of a sink" : "default";
  }

  /// The name under which a setting is set.
  private String nameOf(Setting<?> setting) {
    return Settings.given(setting, environment).keySet().iterator().next();
  }
}
