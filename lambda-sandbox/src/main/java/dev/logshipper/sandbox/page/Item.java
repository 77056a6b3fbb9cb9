package dev.logshipper.sandbox.page;

import java.util.Locale;
import java.util.Map;

/// A bar on a lane.
///
/// @param begin milliseconds since the start of the run
/// @param end at least `begin`
/// @param kind the class of its style
/// @param details by name, in order
record Item(double begin, double end, String kind, String label, Map<String, String> details) {

  Item {
    end = Math.max(begin, end);
  }

  static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
  }
}
