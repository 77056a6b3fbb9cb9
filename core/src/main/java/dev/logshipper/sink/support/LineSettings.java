package dev.logshipper.sink.support;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;

/// Variables about the form of a line. Each is one object, shared by the sinks that declare it.
public final class LineSettings {
  /// Whether a sink sends [dev.logshipper.sink.LogRecord#unwrapped] records.
  public static final Setting<Boolean> UNWRAP_JSON =
      Setting.withDefault(
          "PUSHER_UNWRAP_JSON",
          Parsers.flag(),
          true,
          "Send a plain line that Lambda's JSON log format wrapped as the line alone; false: as the"
              + " object with timestamp, level and message");

  private LineSettings() {}
}
