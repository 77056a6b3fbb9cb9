package dev.logshipper.format.edgedelta;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;

/// The variables of the Edge Delta extension that both sinks in its place read. Two sinks side by
/// side share a variable only when it is the same object.
public final class EdgeDeltaSettings {
  /// Longest time for one send.
  public static final Setting<Integer> PUSH_TIMEOUT_SECONDS =
      Setting.withDefault(
          "ED_PUSH_TIMEOUT_SEC",
          Parsers.wholeNumber(1, 300),
          5,
          "Longest time for one attempt to send, from the lookup of the host to the answer");

  private EdgeDeltaSettings() {}
}
