package dev.logshipper.sandbox.environment;

import java.util.Set;

/// How the platform behaves towards subscribers: as Lambda does ([#standard()]), or with one of the
/// liberties that it or an emulator takes.
///
/// @param stub subscriptions are answered with 202 and nothing is ever delivered
/// @param logsApiOnly there is no Telemetry API
/// @param refusedSchemas schema versions answered with 400
/// @param reportHeld `platform.report` comes after all extensions are done, so it is delivered
///   after the next thaw; else with `platform.runtimeDone`
/// @param lastDeliveryDelayMillis pause between SHUTDOWN and the last delivery
/// @param invokeAfterRuntimeDone extensions hear of an invocation only when its
///   `platform.runtimeDone` was delivered
/// @param bufferBytesMax what is kept for one subscriber before events are dropped
/// @param retryBackoffMillis pause after the first failed delivery; doubles up to 20 times that
public record TelemetryBehaviour(
    boolean stub,
    boolean logsApiOnly,
    Set<String> refusedSchemas,
    boolean reportHeld,
    long lastDeliveryDelayMillis,
    boolean invokeAfterRuntimeDone,
    long bufferBytesMax,
    long retryBackoffMillis) {

  public TelemetryBehaviour {
    refusedSchemas = Set.copyOf(refusedSchemas);
  }

  /// As Lambda does.
  public static TelemetryBehaviour standard() {
    return new TelemetryBehaviour(false, false, Set.of(), true, 0, false, 16 << 20, 100);
  }

  /// As the local emulators do: 202, and nothing is ever delivered.
  public TelemetryBehaviour stub202() {
    return new TelemetryBehaviour(
        true,
        logsApiOnly,
        refusedSchemas,
        reportHeld,
        lastDeliveryDelayMillis,
        invokeAfterRuntimeDone,
        bufferBytesMax,
        retryBackoffMillis);
  }

  /// Without a Telemetry API (404).
  public TelemetryBehaviour logsOnly() {
    return new TelemetryBehaviour(
        stub,
        true,
        refusedSchemas,
        reportHeld,
        lastDeliveryDelayMillis,
        invokeAfterRuntimeDone,
        bufferBytesMax,
        retryBackoffMillis);
  }

  /// Answers 400 to these schema versions.
  public TelemetryBehaviour refusing(String... schemaVersions) {
    return new TelemetryBehaviour(
        stub,
        logsApiOnly,
        Set.of(schemaVersions),
        reportHeld,
        lastDeliveryDelayMillis,
        invokeAfterRuntimeDone,
        bufferBytesMax,
        retryBackoffMillis);
  }

  /// Puts `platform.report` next to `platform.runtimeDone`.
  public TelemetryBehaviour reportWithRuntimeDone() {
    return new TelemetryBehaviour(
        stub,
        logsApiOnly,
        refusedSchemas,
        false,
        lastDeliveryDelayMillis,
        invokeAfterRuntimeDone,
        bufferBytesMax,
        retryBackoffMillis);
  }

  /// Pauses before the last delivery, after SHUTDOWN.
  public TelemetryBehaviour lastDeliveryDelayMillis(long millis) {
    return new TelemetryBehaviour(
        stub,
        logsApiOnly,
        refusedSchemas,
        reportHeld,
        millis,
        invokeAfterRuntimeDone,
        bufferBytesMax,
        retryBackoffMillis);
  }

  /// Lets a fast function be done, and its `platform.runtimeDone` be delivered, before the
  /// extensions hear of the invocation.
  public TelemetryBehaviour runtimeDoneBeforeInvoke() {
    return new TelemetryBehaviour(
        stub,
        logsApiOnly,
        refusedSchemas,
        reportHeld,
        lastDeliveryDelayMillis,
        true,
        bufferBytesMax,
        retryBackoffMillis);
  }

  /// Bounds what is kept for one subscriber.
  public TelemetryBehaviour bufferBytesMax(long bytes) {
    return new TelemetryBehaviour(
        stub,
        logsApiOnly,
        refusedSchemas,
        reportHeld,
        lastDeliveryDelayMillis,
        invokeAfterRuntimeDone,
        bytes,
        retryBackoffMillis);
  }

  /// Sets the pause after a failed delivery.
  public TelemetryBehaviour retryBackoffMillis(long millis) {
    return new TelemetryBehaviour(
        stub,
        logsApiOnly,
        refusedSchemas,
        reportHeld,
        lastDeliveryDelayMillis,
        invokeAfterRuntimeDone,
        bufferBytesMax,
        millis);
  }
}
