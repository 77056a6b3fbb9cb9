package dev.logshipper.sandbox.environment;

import java.util.EnumSet;
import java.util.Set;

/// The platform's behaviour towards subscribers: Lambda's ([#standard()]), or a deviation that
/// Lambda or an emulator is known for. Each method returns a modified copy.
///
/// @param rejectedSchemas schema versions rejected with 400
/// @param lastDeliveryDelayMillis pause between SHUTDOWN and the last delivery
/// @param bufferBytesMax buffer size per subscriber; further events are dropped
/// @param retryBackoffMillis pause after the first failed delivery; doubles up to 20 times that
public record TelemetryBehaviour(
    Set<Deviation> deviations,
    Set<String> rejectedSchemas,
    long lastDeliveryDelayMillis,
    long bufferBytesMax,
    long retryBackoffMillis) {

  /// A difference from Lambda's usual behaviour.
  public enum Deviation {
    /// Subscriptions get 202 and nothing is ever delivered.
    STUB,
    /// There is no Telemetry API.
    LOGS_API_ONLY,
    /// `platform.report` is delivered together with `platform.runtimeDone`; otherwise it follows
    /// when all extensions are done, so it is delivered after the next thaw.
    REPORT_WITH_RUNTIME_DONE,
    /// Extensions get an invocation's event only after its `platform.runtimeDone` was delivered.
    RUNTIME_DONE_BEFORE_INVOKE
  }

  public TelemetryBehaviour {
    deviations = Set.copyOf(deviations);
    rejectedSchemas = Set.copyOf(rejectedSchemas);
  }

  /// As Lambda does.
  public static TelemetryBehaviour standard() {
    return new TelemetryBehaviour(Set.of(), Set.of(), 0, 16 << 20, 100);
  }

  boolean has(Deviation deviation) {
    return deviations.contains(deviation);
  }

  private TelemetryBehaviour with(Deviation deviation) {
    Set<Deviation> more = EnumSet.of(deviation);
    more.addAll(deviations);
    return new TelemetryBehaviour(
        more, rejectedSchemas, lastDeliveryDelayMillis, bufferBytesMax, retryBackoffMillis);
  }

  /// As the local emulators do: 202, and nothing is ever delivered.
  public TelemetryBehaviour stub202() {
    return with(Deviation.STUB);
  }

  /// Without a Telemetry API (404).
  public TelemetryBehaviour logsOnly() {
    return with(Deviation.LOGS_API_ONLY);
  }

  /// Rejects these schema versions with 400.
  public TelemetryBehaviour rejecting(String... schemas) {
    return new TelemetryBehaviour(
        deviations, Set.of(schemas), lastDeliveryDelayMillis, bufferBytesMax, retryBackoffMillis);
  }

  /// Puts `platform.report` next to `platform.runtimeDone`.
  public TelemetryBehaviour reportWithRuntimeDone() {
    return with(Deviation.REPORT_WITH_RUNTIME_DONE);
  }

  /// Pauses before the last delivery, after SHUTDOWN.
  public TelemetryBehaviour lastDeliveryDelayMillis(long millis) {
    return new TelemetryBehaviour(
        deviations, rejectedSchemas, millis, bufferBytesMax, retryBackoffMillis);
  }

  /// Lets a fast function finish, and its `platform.runtimeDone` be delivered, before extensions
  /// get the invocation's event.
  public TelemetryBehaviour runtimeDoneBeforeInvoke() {
    return with(Deviation.RUNTIME_DONE_BEFORE_INVOKE);
  }

  /// Limits the buffer of one subscriber.
  public TelemetryBehaviour bufferBytesMax(long bytes) {
    return new TelemetryBehaviour(
        deviations, rejectedSchemas, lastDeliveryDelayMillis, bytes, retryBackoffMillis);
  }

  /// Sets the pause after a failed delivery.
  public TelemetryBehaviour retryBackoffMillis(long millis) {
    return new TelemetryBehaviour(
        deviations, rejectedSchemas, lastDeliveryDelayMillis, bufferBytesMax, millis);
  }
}
