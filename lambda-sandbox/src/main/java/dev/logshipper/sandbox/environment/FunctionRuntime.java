package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.platform.EnvironmentState;
import dev.logshipper.sandbox.environment.process.Signal;
import java.io.IOException;

/// What runs the function in one generation of an environment.
sealed interface FunctionRuntime permits ScriptedRuntime, ProcessRuntime {

  /// Starts it; it asks the generation for invocations from then on.
  ///
  /// @throws IOException if it cannot be started
  void start(EnvironmentState generation) throws IOException;

  /// Waits until what the function has printed so far is an event, but not long.
  void awaitOutput() throws InterruptedException;

  /// Stops or continues its processes.
  void signal(Signal signal);

  /// Ends it: asks with SIGTERM, then kills.
  ///
  /// @param graceMillis 0 to kill at once
  void stop(long graceMillis) throws InterruptedException;

  /// Leaves nothing of it behind.
  void kill();
}
