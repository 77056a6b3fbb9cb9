package dev.logshipper.format.edgedelta;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.SinkDefaults;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The variables of the Edge Delta extension that its two successors, the `http` and `kinesis`
/// sinks, read alike. Sinks used together share a variable only if it is the same object.
public final class EdgeDeltaSettings {
  /// Maximum duration of one send.
  public static final Setting<Duration> PUSH_TIMEOUT =
      Setting.withDefault(
          "ED_PUSH_TIMEOUT_SEC",
          Parsers.seconds(1, 300),
          Duration.ofSeconds(5),
          "Maximum time for one attempt to send, from the host lookup to the response");

  private static final Setting<Boolean> FLUSH_AT_NEXT_INVOKE =
      Setting.optional(
              "ED_FLUSH_AT_NEXT_INVOKE",
              Parsers.flag(),
              "true: the same as PUSHER_FLUSH=next-invoke, unless PUSHER_FLUSH is set")
          .standsFor("PUSHER_FLUSH", EdgeDeltaSettings::mode);

  private static final Setting<Duration> RETRY_INTERVAL =
      Setting.optional(
              "ED_RETRY_INTERVAL_MS",
              Parsers.millis(1, 60_000),
              "The same as PUSHER_RETRY_INTERVAL_MS, unless that is set")
          .standsFor("PUSHER_RETRY_INTERVAL_MS");

  private static final Setting<Long> BUFFER =
      Setting.optional(
              "ED_BUFFER_SIZE_MB",
              Parsers.mebibytes(1, 1_024),
              "The same as PUSHER_BUFFER_MB, unless that is set")
          .standsFor("PUSHER_BUFFER_MB");

  private static final Setting<List<String>> LOG_TYPES =
      Setting.optional(
              "ED_LAMBDA_LOG_TYPES",
              Parsers.someOf("function", "platform", "extension"),
              "The same as PUSHER_LOG_TYPES, unless that is set; for this sink only")
          .standsFor("PUSHER_LOG_TYPES");

  private static final Setting<Integer> MAX_ITEMS =
      Setting.optional(
              "ED_LAMBDA_MAX_ITEMS",
              Parsers.wholeNumber(1_000, 10_000),
              "The same as PUSHER_PLATFORM_MAX_ITEMS, unless that is set")
          .standsFor("PUSHER_PLATFORM_MAX_ITEMS");

  private static final Setting<Integer> MAX_BYTES =
      Setting.optional(
              "ED_LAMBDA_MAX_BYTES",
              Parsers.wholeNumber(262_144, 1_048_576),
              "The same as PUSHER_PLATFORM_MAX_BYTES, unless that is set")
          .standsFor("PUSHER_PLATFORM_MAX_BYTES");

  private static final Setting<Duration> TIMEOUT =
      Setting.optional(
              "ED_LAMBDA_TIMEOUT_MS",
              Parsers.millis(25, 30_000),
              "The same as PUSHER_PLATFORM_TIMEOUT_MS, unless that is set")
          .standsFor("PUSHER_PLATFORM_TIMEOUT_MS");

  private static final Setting<Boolean> PRINT_EXTENSION_LOGS =
      Setting.optional(
              "ED_PRINT_EXTENSION_LOGS",
              Parsers.flag(),
              "false: the same as PUSHER_LOG_LEVEL=warn; true: debug; unless PUSHER_LOG_LEVEL is set")
          .standsFor("PUSHER_LOG_LEVEL", EdgeDeltaSettings::level);

  private EdgeDeltaSettings() {}

  /// The variables that set defaults for core; a provider declares them and returns [#defaults].
  public static List<Setting<?>> ofCore() {
    return List.of(
        FLUSH_AT_NEXT_INVOKE,
        RETRY_INTERVAL,
        BUFFER,
        LOG_TYPES,
        MAX_ITEMS,
        MAX_BYTES,
        TIMEOUT,
        PRINT_EXTENSION_LOGS);
  }

  /// The defaults for core that these variables set.
  public static SinkDefaults defaults(Settings settings) {
    return SinkDefaults.builder()
        .flushMode(settings.find(FLUSH_AT_NEXT_INVOKE).map(EdgeDeltaSettings::mode).orElse(null))
        .retryInterval(settings.find(RETRY_INTERVAL).orElse(null))
        .bufferBytes(settings.find(BUFFER).orElse(null))
        .logTypes(settings.find(LOG_TYPES).orElse(List.of()))
        .platformMaxItems(settings.find(MAX_ITEMS).orElse(null))
        .platformMaxBytes(settings.find(MAX_BYTES).orElse(null))
        .platformTimeout(settings.find(TIMEOUT).orElse(null))
        .logLevel(settings.find(PRINT_EXTENSION_LOGS).map(EdgeDeltaSettings::level).orElse(null))
        .build();
  }

  private static @Nullable FlushMode mode(boolean atNextInvoke) {
    return atNextInvoke ? FlushMode.NEXT_INVOKE : null;
  }

  private static Level level(boolean print) {
    return print ? Level.DEBUG : Level.WARN;
  }
}
