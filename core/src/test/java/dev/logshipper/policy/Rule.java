package dev.logshipper.policy;

/// What an extension does at each invocation.
@FunctionalInterface
interface Rule {
  /// From the beginning of an invocation until it asks for the next event.
  void serve(Environment environment);
}
