package dev.logshipper.sandbox.environment.timeline;

import java.util.Map;

/// Takes note of what happens in a sandbox. Safe for use by several threads.
@FunctionalInterface
public interface Journal {

  /// Notes one happening, now.
  ///
  /// @param kind what happened, for example `extension.registered`
  /// @param details strings, numbers, booleans, and lists of those
  void note(String kind, Map<String, ?> details);
}
