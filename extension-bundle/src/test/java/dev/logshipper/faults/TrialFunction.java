package dev.logshipper.faults;

import dev.logshipper.sandbox.environment.Invocation;

/// What the function of a trial does in an invocation.
@FunctionalInterface
interface TrialFunction {
  /// Does it.
  ///
  /// @param lines writes lines that the trial accounts for
  void handle(Invocation invocation, LineWriter lines) throws Exception;
}
