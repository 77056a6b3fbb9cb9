package dev.logshipper;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import java.util.List;

/// The variables that core itself reads, whatever the sink. Those of the Edge Delta extension that
/// govern buffering and flushing are aliases here.
final class CoreSettings {
  /// Web servers commonly take bodies up to 1 MiB unless told otherwise (nginx,
  /// `client_max_body_size`); a quarter of it is room for escapes and tags.
  private static final int BATCH_BYTES_DEFAULT = 768 * 1024;

  static final Setting<String> MODE =
      Setting.withDefault(
          "PUSHER_MODE", Parsers.text(), "http", "Sink that the logs go to, by its name.");

  static final Setting<String> FLUSH =
      Setting.withDefault(
          "PUSHER_FLUSH",
          Parsers.oneOf("auto", "end", "next-invoke", "batch", "background"),
          "auto",
          "When records leave: chosen by traffic, after each invocation, during the next one, in"
              + " batches, or in the background.");

  static final Setting<Boolean> FLUSH_AT_NEXT_INVOKE =
      Setting.withDefault(
          "ED_FLUSH_AT_NEXT_INVOKE",
          Parsers.flag(),
          false,
          "The same as PUSHER_FLUSH=next-invoke, unless PUSHER_FLUSH is set.");

  static final Setting<Integer> MAX_STALENESS_MS =
      Setting.withDefault(
          "PUSHER_MAX_STALENESS_MS",
          Parsers.wholeNumber(10, 900_000),
          1_000,
          "Longest time a record waits before it is sent, while the environment is not frozen.");

  static final Setting<Integer> MAX_HOLD_MS =
      Setting.withDefault(
          "PUSHER_MAX_HOLD_MS",
          Parsers.wholeNumber(0, 900_000),
          2_000,
          "Longest time an invocation is held, once the function has finished, for records to"
              + " leave.");

  static final Setting<Integer> WARM_UP_MS =
      Setting.optional(
          "PUSHER_WARM_UP_MS",
          Parsers.wholeNumber(0, 5_000),
          "Longest time that init waits for sinks to get ready; unless set, 500 up to 256 MB of"
              + " memory and 0 beyond.");

  /// The launcher reads it; it is here to be checked and documented.
  static final Setting<Boolean> EARLY_START =
      Setting.withDefault(
          "PUSHER_EARLY_START",
          Parsers.flag(),
          false,
          "Do not let init wait for the extension, at the risk that the platform has to repeat the"
              + " first delivery; no warm-up then.");

  static final Setting<Integer> BATCH_BYTES =
      Setting.withDefault(
          "PUSHER_BATCH_BYTES",
          Parsers.wholeNumber(1, 50 * 1024 * 1024),
          BATCH_BYTES_DEFAULT,
          "Bytes of records that are worth sending at once.");

  static final Setting<Integer> BATCH_INVOKES =
      Setting.withDefault(
          "PUSHER_BATCH_INVOKES",
          Parsers.wholeNumber(1, 1_000_000),
          10,
          "Where records leave in batches: send at least every so many invocations.");

  static final Setting<Integer> RETRY_INTERVAL_MS =
      Setting.withDefault(
              "PUSHER_RETRY_INTERVAL_MS",
              Parsers.wholeNumber(1, 60_000),
              100,
              "Upper end of the first wait before a retry; it doubles with each failure.")
          .alias("ED_RETRY_INTERVAL_MS");

  static final Setting<Integer> BUFFER_MB =
      Setting.withDefault(
              "PUSHER_BUFFER_MB",
              Parsers.wholeNumber(1, 1_024),
              20,
              "Bound of the memory that holds records; beyond it PUSHER_OVERFLOW acts.")
          .alias("ED_BUFFER_SIZE_MB");

  static final Setting<String> OVERFLOW =
      Setting.withDefault(
          "PUSHER_OVERFLOW",
          Parsers.oneOf("drop-oldest", "drop-newest"),
          "drop-oldest",
          "Which record goes when the buffer is full.");

  static final Setting<Boolean> BACKPRESSURE =
      Setting.withDefault(
          "PUSHER_BACKPRESSURE",
          Parsers.flag(),
          false,
          "Let the platform hold the logs while the buffer is nearly full; not on Managed"
              + " Instances, which would lose them.");

  static final Setting<List<String>> LOG_TYPES =
      Setting.withDefault(
          "PUSHER_LOG_TYPES",
          Parsers.someOf("function", "platform", "extension"),
          List.of("function", "platform"),
          "Which records are shipped, by every sink.");

  static final Setting<List<String>> ED_LOG_TYPES =
      Setting.optional(
          "ED_LAMBDA_LOG_TYPES",
          Parsers.someOf("function", "platform", "extension"),
          "The same for sinks without a variable of their own for it, unless PUSHER_LOG_TYPES is"
              + " set.");

  static final Setting<String> LOGS_API =
      Setting.withDefault(
          "PUSHER_LOGS_API",
          Parsers.oneOf("telemetry", "logs"),
          "telemetry",
          "Which of the platform's interfaces to ask for logs first.");

  static final Setting<Integer> PLATFORM_MAX_ITEMS =
      Setting.withDefault(
              "PUSHER_PLATFORM_MAX_ITEMS",
              Parsers.wholeNumber(1_000, 10_000),
              1_000,
              "Events after which the platform delivers.")
          .alias("ED_LAMBDA_MAX_ITEMS");

  static final Setting<Integer> PLATFORM_MAX_BYTES =
      Setting.withDefault(
              "PUSHER_PLATFORM_MAX_BYTES",
              Parsers.wholeNumber(262_144, 1_048_576),
              262_144,
              "Bytes after which the platform delivers.")
          .alias("ED_LAMBDA_MAX_BYTES");

  static final Setting<Integer> PLATFORM_TIMEOUT_MS =
      Setting.withDefault(
          "PUSHER_PLATFORM_TIMEOUT_MS",
          Parsers.wholeNumber(25, 30_000),
          25,
          "Time after which the platform delivers; an invocation may be held as long.");

  static final Setting<Integer> ED_TIMEOUT_MS =
      Setting.optional(
          "ED_LAMBDA_TIMEOUT_MS",
          Parsers.wholeNumber(25, 30_000),
          "The same, unless PUSHER_PLATFORM_TIMEOUT_MS is set; of several sinks' wishes the shortest"
              + " counts.");

  static final Setting<String> LOG_LEVEL =
      Setting.withDefault(
          "PUSHER_LOG_LEVEL",
          Parsers.oneOf("off", "warn", "info", "debug"),
          "info",
          "How much the extension says about itself.");

  static final Setting<Boolean> PRINT_EXTENSION_LOGS =
      Setting.optional(
          "ED_PRINT_EXTENSION_LOGS",
          Parsers.flag(),
          "false: the same as PUSHER_LOG_LEVEL=warn; true: =debug; unless PUSHER_LOG_LEVEL is set.");

  static final Setting<Boolean> LOKI_DEBUG =
      Setting.optional(
          "LOKI_DEBUG",
          Parsers.flag(),
          "true: the same as PUSHER_LOG_LEVEL=debug, unless that is set.");

  static final Setting<String> ON_ERROR =
      Setting.withDefault(
          "PUSHER_ON_ERROR",
          Parsers.oneOf("continue", "fail"),
          "continue",
          "On bad settings: let the function run and drop its logs, or report an init error.");

  static final Setting<String> RUNTIME_API =
      Setting.required("AWS_LAMBDA_RUNTIME_API", Parsers.text(), "Set by the platform.");

  static final Setting<String> INITIALIZATION_TYPE =
      Setting.withDefault(
          "AWS_LAMBDA_INITIALIZATION_TYPE", Parsers.text(), "on-demand", "Set by the platform.");

  static final Setting<String> REGION =
      Setting.withDefault("AWS_REGION", Parsers.text(), "", "Set by the platform.");

  static final Setting<Integer> MEMORY_SIZE =
      Setting.withDefault(
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          Parsers.wholeNumber(0, 1_000_000),
          0,
          "Set by the platform.");

  private CoreSettings() {}

  /// Those that a user may set.
  static List<Setting<?>> ofUser() {
    return List.of(
        MODE,
        FLUSH,
        FLUSH_AT_NEXT_INVOKE,
        MAX_STALENESS_MS,
        MAX_HOLD_MS,
        WARM_UP_MS,
        EARLY_START,
        BATCH_BYTES,
        BATCH_INVOKES,
        RETRY_INTERVAL_MS,
        BUFFER_MB,
        OVERFLOW,
        BACKPRESSURE,
        LOG_TYPES,
        ED_LOG_TYPES,
        LOGS_API,
        PLATFORM_MAX_ITEMS,
        PLATFORM_MAX_BYTES,
        PLATFORM_TIMEOUT_MS,
        ED_TIMEOUT_MS,
        LOG_LEVEL,
        PRINT_EXTENSION_LOGS,
        LOKI_DEBUG,
        ON_ERROR);
  }

  /// Those that the platform sets.
  static List<Setting<?>> ofPlatform() {
    return List.of(RUNTIME_API, INITIALIZATION_TYPE, REGION, MEMORY_SIZE);
  }
}
