package dev.logshipper.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds unknown variables: nearly always typing mistakes, which would otherwise silently leave a
/// default in effect.
public final class UnknownVariables {
  private static final String PREFIX = "PUSHER_";

  /// Lambda and AWS's SDKs read many more than a sink declares.
  private static final String AWS_PREFIX = "AWS_";

  /// Other software may use the prefixes of other extensions, too, so that a name must be close.
  private static final int FOREIGN_CHANGES_MAX = 2;

  private UnknownVariables() {}

  /// One problem for each undeclared variable with our prefix, with the nearest known name.
  public static List<Problem> in(Map<String, String> environment, Collection<Setting<?>> known) {
    return in(environment, known, List.of(), List.of(), "");
  }

  /// As [#in(Map, Collection)], and one for each undeclared variable whose name is nearly that of a
  /// selected sink's variable without our prefix.
  ///
  /// @param selected the variables of the selected sinks
  /// @param missing modes for which there is no sink; their variables have no nearest name
  /// @param modes those for which there is one, for messages
  public static List<Problem> in(
      Map<String, String> environment,
      Collection<Setting<?>> known,
      Collection<Setting<?>> selected,
      Collection<String> missing,
      String modes) {
    Set<String> names = names(known);
    Set<String> foreign = names(selected);
    List<Problem> problems = new ArrayList<>();
    for (String variable : new TreeSet<>(environment.keySet())) {
      Problem problem = null;
      if (variable.startsWith(PREFIX) && !names.contains(variable)) {
        problem = ours(variable, names, missing, modes);
      } else if (isForeign(variable) && !names.contains(variable)) {
        problem = foreign(variable, foreign);
      }
      if (problem != null) {
        problems.add(problem);
      }
    }
    return problems;
  }

  private static Set<String> names(Collection<Setting<?>> settings) {
    Set<String> names = new TreeSet<>();
    for (Setting<?> setting : settings) {
      names.add(setting.name());
      names.addAll(setting.aliases());
    }
    return names;
  }

  private static Problem ours(
      String variable, Set<String> names, Collection<String> missing, String modes) {
    for (String mode : missing) {
      if (variable.startsWith(PREFIX + mode.toUpperCase(Locale.ROOT).replace('-', '_') + "_")) {
        return new Problem(
            variable,
            variable + ": this layer has no sink named " + mode + ", only " + modes,
            "; it is ignored");
      }
    }
    String nearest = nearest(variable, names);
    return nearest == null
        ? new Problem(variable, variable + " is not a known variable", "; it is ignored")
        : mistake(variable, nearest);
  }

  private static @Nullable String nearest(String variable, Set<String> names) {
    int changesMax = Math.max(1, (variable.length() - PREFIX.length()) / 3);
    String nearest = NearestName.of(variable, names, changesMax);
    if (nearest != null) {
      return nearest;
    }
    for (String name : names) {
      if (name.startsWith(variable + "_")) {
        return name;
      }
    }
    return null;
  }

  private static boolean isForeign(String variable) {
    return variable.indexOf('_') > 0
        && !variable.startsWith(PREFIX)
        && !variable.startsWith(AWS_PREFIX);
  }

  private static @Nullable Problem foreign(String variable, Set<String> names) {
    String prefix = variable.substring(0, variable.indexOf('_') + 1);
    List<String> alike = new ArrayList<>();
    for (String name : names) {
      if (name.startsWith(prefix) && !isNumbered(variable, name)) {
        alike.add(name);
      }
    }
    if (alike.isEmpty()) {
      return null;
    }
    int changesMax = Math.min(FOREIGN_CHANGES_MAX, (variable.length() - prefix.length()) / 3);
    String nearest = NearestName.of(variable, alike, changesMax);
    return nearest == null ? null : mistake(variable, nearest);
  }

  /// Whether the variable is the name and a number: the second of several of the function's own.
  private static boolean isNumbered(String variable, String name) {
    return variable.startsWith(name) && Character.isDigit(variable.charAt(variable.length() - 1));
  }

  private static Problem mistake(String variable, String nearest) {
    return new Problem(
        variable,
        variable + " is not a known variable: did you mean " + nearest + "?",
        " It is ignored");
  }
}
