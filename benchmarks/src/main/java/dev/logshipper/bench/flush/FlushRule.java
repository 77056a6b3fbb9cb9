package dev.logshipper.bench.flush;

/// The behaviour of an extension at each invocation. Stateful: one per environment.
@FunctionalInterface
interface FlushRule {
  /// Acts from the start of an invocation until the extension requests the next event.
  void serve(SimulatedEnvironment environment);
}
