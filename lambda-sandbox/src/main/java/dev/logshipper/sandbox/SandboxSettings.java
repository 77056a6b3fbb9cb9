package dev.logshipper.sandbox;

import dev.logshipper.sandbox.platform.FunctionIdentity;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What a sandbox was built with.
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
    boolean freeze,
    InstantSource clock,
    BiConsumer<String, String> extensionLines) {

  /// What plays the function.
  sealed interface FunctionSource {}

  /// A Java lambda in this JVM.
  record Scripted(ScriptedFunction function) implements FunctionSource {}

  /// A program that speaks the Runtime API.
  record Command(List<String> command, Map<String, String> extraVariables)
      implements FunctionSource {}

  String initializationType() {
    return managedInstances ? "lambda-managed-instances" : "on-demand";
  }
}
