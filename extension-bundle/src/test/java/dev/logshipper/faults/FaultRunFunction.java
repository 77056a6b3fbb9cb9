package dev.logshipper.faults;

import dev.logshipper.sandbox.environment.function.Invocation;

/// What the function of a run does in an invocation.
@FunctionalInterface
interface FaultRunFunction {
  /// Does it.
  ///
  /// @param lines writes lines that the run checks
  void handle(Invocation invocation, LineWriter lines) throws Exception;
}
