package dev.logshipper.sandbox.environment;

import java.util.Set;

/// The platform's behaviour towards subscribers: Lambda's ([#standard()]), or a deviation that
/// Lambda or an emulator is known for.
///
/// @param stub subscriptions get 202 and nothing is ever delivered
/// @param logsApiOnly there is no Telemetry API
/// @param rejectedSchemas schema versions rejected with 400
/// @param reportHeld `platform.report` follows when all extensions are done, so it is delivered
///   after the next thaw; otherwise together with `platform.runtimeDone`
/// @param lastDeliveryDelayMillis pause between SHUTDOWN and the last delivery
/// @param invokeAfterRuntimeDone extensions get an invocation's event only after its
///   `platform.runtimeDone` was delivered
/// @param bufferBytesMax buffer size per subscriber; further events are dropped
/// @param retryBackoffMillis pause after the first failed delivery; doubles up to 20 times that
public record TelemetryBehaviour(
    boolean stub,
    boolean logsApiOnly,
    Set<String> rejectedSchemas,
    boolean reportHeld,
    long lastDeliveryDelayMillis,
    boolean invokeAfterRuntimeDone,
    long bufferBytesMax,
    long retryBackoffMillis) {

  public TelemetryBehaviour {
    rejectedSchemas = Set.copyOf(rejectedSchemas);
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
        rejectedSchemas,
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
        rejectedSchemas,
        reportHeld,
        lastDeliveryDelayMillis,
        invokeAfterRuntimeDone,
        bufferBytesMax,
        retryBackoffMillis);
  }

  /// Rejects these schema versions with 400.
  public TelemetryBehaviour rejecting(String... schemaVersions) {
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
        rejectedSchemas,
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
        rejectedSchemas,
        reportHeld,
        millis,
        invokeAfterRuntimeDone,
        bufferBytesMax,
        retryBackoffMillis);
  }

  /// Lets a fast function finish, and its `platform.runtimeDone` be delivered, before extensions
  /// get the invocation's event.
  public TelemetryBehaviour runtimeDoneBeforeInvoke() {
    return new TelemetryBehaviour(
        stub,
        logsApiOnly,
        rejectedSchemas,
        reportHeld,
        lastDeliveryDelayMillis,
        true,
        bufferBytesMax,
        retryBackoffMillis);
  }

  /// Limits the buffer of one subscriber.
  public TelemetryBehaviour bufferBytesMax(long bytes) {
    return new TelemetryBehaviour(
        stub,
        logsApiOnly,
        rejectedSchemas,
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
        rejectedSchemas,
        reportHeld,
        lastDeliveryDelayMillis,
        invokeAfterRuntimeDone,
        bufferBytesMax,
        millis);
  }
}
