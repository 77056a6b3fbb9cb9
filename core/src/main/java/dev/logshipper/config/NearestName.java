package dev.logshipper.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Finds the name that a user probably meant. Stateless.
public final class NearestName {
  private NearestName() {}

  /// The name with the fewest changes; the first of several.
  ///
  /// @param changesMax names further away are not considered
  /// @return null when there is none
  public static @Nullable String of(String mistake, Collection<String> names, int changesMax) {
    String best = null;
    int bestDistance = changesMax + 1;
    for (String name : names) {
      int distance = distance(mistake, name);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = name;
      }
    }
    return best;
  }

  /// Characters inserted, deleted or replaced, and neighbours swapped (optimal string alignment).
  private static int distance(String a, String b) {
    int[] beforePrevious = new int[b.length() + 1];
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
        if (areSwapped(a, i, b, j)) {
          current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
        }
      }
      int[] spare = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length()];
  }

  private static boolean areSwapped(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
