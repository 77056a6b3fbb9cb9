package dev.logshipper.sandbox.environment.timeline;

import java.util.Map;

/// Records the events of a sandbox. Safe for use by several threads.
@FunctionalInterface
public interface Journal {

  /// Records an event, now.
  ///
  /// @param kind for example `extension.registered`
  /// @param details strings, numbers, booleans, and lists of those
  void note(String kind, Map<String, ?> details);
}
