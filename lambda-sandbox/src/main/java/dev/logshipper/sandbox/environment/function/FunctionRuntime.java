package dev.logshipper.sandbox.environment.function;

import dev.logshipper.sandbox.environment.platform.EnvironmentState;
import dev.logshipper.sandbox.environment.process.ChildProcess;
import dev.logshipper.sandbox.environment.process.Outputs;
import dev.logshipper.sandbox.environment.process.Signal;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/// The runtime of a function in one environment.
public sealed interface FunctionRuntime permits ScriptedRuntime, ProcessRuntime {

  /// Starts the function's program.
  interface Launcher {
    /// Starts it.
    ///
    /// @param variables those that lead to the outputs
    ChildProcess start(Outputs outputs, Map<String, String> variables) throws IOException;
  }

  /// A runtime for a Java lambda.
  ///
  /// @param lines receives all that the function prints
  /// @param concurrent whether each invocation gets its own thread, as on Managed Instances
  static FunctionRuntime scripted(
      ScriptedFunction function,
      LogFormat format,
      TelemetryHub hub,
      Consumer<String> lines,
      boolean concurrent,
      InstantSource clock) {
    return new ScriptedRuntime(function, new FunctionLog(format, hub, lines), concurrent, clock);
  }

  /// A runtime for a program that speaks the Runtime API.
  ///
  /// @param lines receives all that the function prints
  /// @param concurrent whether it may have several workers, as on Managed Instances
  static FunctionRuntime program(
      Launcher launcher,
      LogFormat format,
      TelemetryHub hub,
      Consumer<String> lines,
      boolean concurrent) {
    return new ProcessRuntime(launcher, new FunctionLog(format, hub, lines), concurrent);
  }

  /// Starts the function, which then polls for invocations.
  ///
  /// @throws IOException if it cannot be started
  void start(EnvironmentState state) throws IOException;

  /// Waits, briefly, until the function's output so far has been published as events.
  void awaitOutput() throws InterruptedException;

  /// Stops or continues the function's processes.
  void signal(Signal signal);

  /// Ends the function: SIGTERM, then SIGKILL.
  ///
  /// @param graceMillis time between the two; 0 for SIGKILL at once
  void stop(long graceMillis) throws InterruptedException;

  /// Kills all its processes.
  void kill();
}
