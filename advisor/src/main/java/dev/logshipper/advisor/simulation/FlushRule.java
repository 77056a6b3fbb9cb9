package dev.logshipper.advisor.simulation;

/// The behaviour of an extension at each invocation. Stateful: one per environment.
@FunctionalInterface
public interface FlushRule {
  /// Acts from the start of an invocation until the extension requests the next event.
  void serve(SimulatedEnvironment environment);
}
