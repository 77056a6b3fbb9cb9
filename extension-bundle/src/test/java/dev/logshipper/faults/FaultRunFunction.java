package dev.logshipper.faults;

import dev.logshipper.sandbox.environment.function.Invocation;

/// The function of a run.
@FunctionalInterface
interface FaultRunFunction {
  /// Handles one invocation.
  ///
  /// @param lines writes lines that the run checks
  void handle(Invocation invocation, LineWriter lines) throws Exception;
}
