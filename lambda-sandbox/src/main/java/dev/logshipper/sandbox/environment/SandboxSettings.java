package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.function.LogFormat;
import dev.logshipper.sandbox.environment.function.ScriptedFunction;
import dev.logshipper.sandbox.environment.platform.FunctionIdentity;
import dev.logshipper.sandbox.environment.process.ChildProcess;
import dev.logshipper.sandbox.environment.process.Outputs;
import dev.logshipper.sandbox.environment.process.Program;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The validated settings of a sandbox.
record SandboxSettings(
    @Nullable Path extensions,
    Map<String, String> customerVariables,
    FunctionSource function,
    FunctionIdentity identity,
    long timeoutMillis,
    int memoryMegabytes,
    long initTimeoutMillis,
    long shutdownWindowMillis,
    LogFormat logFormat,
    TelemetryBehaviour telemetry,
    boolean managedInstances,
    boolean snapStart,
    int maxConcurrency,
    Path taskRoot,
    @Nullable Path workingDirectory,
    boolean freeze,
    InstantSource clock,
    BiConsumer<String, String> extensionLines,
    Consumer<String> functionLines,
    @Nullable LongConsumer processes) {

  /// The implementation of the function.
  sealed interface FunctionSource {}

  /// A Java lambda in this JVM.
  record Scripted(ScriptedFunction function) implements FunctionSource {}

  /// A program that speaks the Runtime API.
  record Command(List<String> command, Map<String, String> extraVariables)
      implements FunctionSource {}

  /// Starts a program of the environment.
  ///
  /// @throws IOException if it cannot be started
  ChildProcess start(Program program, Outputs outputs) throws IOException {
    if (processes == null) {
      return ChildProcess.start(program, outputs);
    }
    try {
      return ChildProcess.startHeld(program, outputs, processes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(program.command().getFirst());
    }
  }

  String initializationType() {
    if (managedInstances) {
      return "lambda-managed-instances";
    }
    return snapStart ? "snap-start" : "on-demand";
  }
}
