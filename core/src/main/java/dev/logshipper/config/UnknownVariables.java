package dev.logshipper.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds unknown variables with our prefix: nearly always typing mistakes, which would otherwise
/// silently leave a default in effect.
public final class UnknownVariables {
  private static final String PREFIX = "PUSHER_";

  private UnknownVariables() {}

  /// One problem for each undeclared variable with our prefix, with the nearest known name.
  public static List<Problem> in(Map<String, String> environment, Collection<Setting<?>> known) {
    Set<String> names = new TreeSet<>();
    for (Setting<?> setting : known) {
      names.add(setting.name());
      names.addAll(setting.aliases());
    }
    List<Problem> problems = new ArrayList<>();
    for (String variable : new TreeSet<>(environment.keySet())) {
      if (variable.startsWith(PREFIX) && !names.contains(variable)) {
        problems.add(
            new Problem(
                variable,
                variable
                    + " is not a known variable: did you mean "
                    + nearest(variable, names)
                    + "? It is ignored"));
      }
    }
    return problems;
  }

  private static String nearest(String variable, Set<String> names) {
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String name : names) {
      int distance = distance(variable, name);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = name;
      }
    }
    return best;
  }

  /// Levenshtein distance.
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      int[] spare = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length()];
  }
}
