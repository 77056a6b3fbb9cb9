package dev.logshipper.sandbox.environment.telemetry;

/// An event that an extension never gets, because it was too slow to accept earlier ones.
///
/// @param extension the extension with the full buffer
/// @param type for example `function`
/// @param json the event as it would have been delivered; its first 200 bytes when it is longer
public record DroppedEvent(String extension, String type, String json) {
  private static final int BYTES_MAX = 200;

  static DroppedEvent of(String extension, TelemetryEvent event) {
    return new DroppedEvent(extension, event.type(), event.start(BYTES_MAX));
  }
}
