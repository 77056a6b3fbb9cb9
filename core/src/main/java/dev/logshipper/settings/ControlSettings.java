package dev.logshipper.settings;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.sink.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The variables that control which records are shipped, for all lanes or for one.
final class ControlSettings {
  /// Invocations whose lines are shipped.
  enum Keep {
    ALL,
    FAILED
  }

  private static final List<Setting<?>> OF_USER = new ArrayList<>();

  static final Setting<Severity> MIN_LEVEL =
      user(
          Setting.optional(
              "PUSHER_MIN_LEVEL",
              Parsers.oneOf(Severity.class),
              "Ship records of this level and above, and all that state no level."));

  static final Setting<Double> SAMPLE_PERCENT =
      user(
          Setting.withDefault(
              "PUSHER_SAMPLE_PERCENT",
              Parsers.percent(),
              100.0,
              "Share of invocations whose records are shipped, chosen by request id."));

  static final Setting<Keep> KEEP =
      user(
          Setting.withDefault(
              "PUSHER_KEEP",
              Parsers.oneOf(Keep.class),
              Keep.ALL,
              "Invocations whose lines are shipped: all; or failed, with a summary of each other."));

  static final Setting<Severity> KEEP_LEVEL =
      user(
          Setting.withDefault(
              "PUSHER_KEEP_LEVEL",
              Parsers.oneOf(Severity.class),
              Severity.WARN,
              "With PUSHER_KEEP=failed: lines of this level and above are shipped in any case."));

  static final Setting<Duration> KEEP_SLOWER =
      user(
          Setting.optional(
              "PUSHER_KEEP_SLOWER_MS",
              Parsers.millis(1, 900_000),
              "With PUSHER_KEEP=failed: invocations that last longer count as failed."));

  private ControlSettings() {}

  private static <T> Setting<T> user(Setting<T> setting) {
    OF_USER.add(setting);
    return setting;
  }

  /// The variables that hide something.
  static List<Setting<?>> guards() {
    return List.of();
  }

  /// The variables for users, in the order of the documentation.
  static List<Setting<?>> ofUser() {
    return List.copyOf(OF_USER);
  }
}
