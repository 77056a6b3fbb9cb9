package dev.logshipper.advisor.doctor;

import java.util.Map;

/// A variable with its value in effect and the value's source. A secret's value is hidden.
///
/// @param owner the mode of the sink that it belongs to; empty for all
public record SettingInEffect(String owner, String name, String value, String source) {

  /// Whether an entry of the layer's report is about a variable.
  static boolean isOne(String entry) {
    int equals = entry.indexOf('=');
    return equals > 0 && entry.indexOf(' ') > equals && entry.endsWith(")");
  }

  /// Reads an entry `NAME=value (source)`.
  static SettingInEffect of(String owner, String entry) {
    int equals = entry.indexOf('=');
    int source = entry.lastIndexOf(" (");
    return new SettingInEffect(
        owner,
        entry.substring(0, equals),
        entry.substring(equals + 1, source),
        entry.substring(source + 2, entry.length() - 1));
  }

  /// This setting without its value if that is not known.
  ///
  /// @param unknown variables and their expressions
  SettingInEffect from(Map<String, String> unknown) {
    String expression = unknown.get(variable());
    return expression == null
        ? this
        : new SettingInEffect(owner, name, "unknown until deployed", expression);
  }

  /// The name under which it is set.
  public String variable() {
    return source.equals("set") ? name : source;
  }

  /// Whether the user set it.
  public boolean isGiven() {
    return !source.startsWith("default");
  }
}
