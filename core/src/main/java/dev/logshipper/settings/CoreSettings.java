package dev.logshipper.settings;

import dev.logshipper.config.Parser;
import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.intake.LiftedField;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.platform.Subscription;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.sink.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The variables that core itself reads, for every sink.
final class CoreSettings {
  /// Reaction to configuration problems.
  enum OnError {
    CONTINUE,
    FAIL
  }

  /// The implementation of TLS.
  enum Tls {
    NATIVE,
    JAVA
  }

  /// Web servers commonly accept bodies up to 1 MiB (nginx, `client_max_body_size`); a quarter of
  /// it is room for escapes and tags.
  private static final int BATCH_BYTES_DEFAULT = 768 * 1024;

  static final String HEALTH_OFF = "off";
  static final String HEALTH_EMF = "emf";
  private static final List<Setting<?>> OF_USER = new ArrayList<>();

  static final Setting<String> MODE =
      user(
          Setting.withDefault(
              "PUSHER_MODE",
              Parsers.text(),
              "http",
              "Sinks to send to, separated by commas: http, kinesis (or firehose), s3, loki, or a"
                  + " plugin; loki>s3 sends to s3 only what loki cannot take."));

  static final Setting<FlushMode> FLUSH =
      user(
          Setting.withDefault(
              "PUSHER_FLUSH",
              Parsers.oneOf(FlushMode.class),
              FlushMode.AUTO,
              "When to flush: auto decides from traffic; end of each invocation; next-invoke; batch"
                  + " on thresholds; background."));

  static final Setting<Duration> MAX_STALENESS =
      user(
          Setting.withDefault(
              "PUSHER_MAX_STALENESS_MS",
              Parsers.millis(10, 900_000),
              Duration.ofSeconds(1),
              "Maximum age of a buffered record before it is sent; time spent frozen does not"
                  + " count."));

  static final Setting<Duration> MAX_HOLD =
      user(
          Setting.withDefault(
              "PUSHER_MAX_HOLD_MS",
              Parsers.millis(0, 900_000),
              Duration.ofSeconds(2),
              "Maximum time to delay the end of an invocation for a flush."));

  static final Setting<Duration> WARM_UP =
      user(
          Setting.optional(
              "PUSHER_WARM_UP_MS",
              Parsers.millis(0, 5_000),
              "Maximum time that init waits for sinks to warm up; unless set, 500 with less than 512"
                  + " MB of memory, else 0."));

  /// Read by the launcher; declared here to be checked and documented.
  static final Setting<Boolean> EARLY_START =
      user(
          Setting.withDefault(
              "PUSHER_EARLY_START",
              Parsers.flag(),
              true,
              "Init does not wait for the extension. Unless set to `true`, it does where sinks warm up,"
                  + " with provisioned concurrency and with SnapStart."));

  static final Setting<Integer> BATCH_BYTES =
      user(
          Setting.withDefault(
              "PUSHER_BATCH_BYTES",
              Parsers.wholeNumber(1, 50 * 1024 * 1024),
              BATCH_BYTES_DEFAULT,
              "Target size of a batch in bytes of records."));

  static final Setting<Integer> BATCH_INVOKES =
      user(
          Setting.withDefault(
              "PUSHER_BATCH_INVOKES",
              Parsers.wholeNumber(1, 1_000_000),
              10,
              "With thresholds: send at least once every N invocations."));

  static final Setting<Duration> RETRY_INTERVAL =
      user(
          Setting.withDefault(
              "PUSHER_RETRY_INTERVAL_MS",
              Parsers.millis(1, 60_000),
              Duration.ofMillis(100),
              "Initial retry backoff (upper bound); doubles with each failure."));

  static final Setting<Duration> RETRY_AFTER_MAX =
      user(
          Setting.withDefault(
              "PUSHER_RETRY_AFTER_MAX_MS",
              Parsers.millis(0, 3_600_000),
              Duration.ofMinutes(1),
              "Maximum wait that a destination may ask for (Retry-After); a longer one is cut to"
                  + " it."));

  static final Setting<Duration> REJECT_GRACE =
      user(
          Setting.withDefault(
              "PUSHER_REJECT_GRACE_MS",
              Parsers.millis(0, 3_600_000),
              Duration.ofMinutes(1),
              "Time for which records are kept and retried when an endpoint that accepted some"
                  + " begins to reject them (401, 403, 404); 0 drops them at once."));

  static final Setting<Long> BUFFER =
      user(
          Setting.withDefault(
              "PUSHER_BUFFER_MB",
              Parsers.mebibytes(1, 1_024),
              20L << 20,
              "Size of the buffer for records; when it is full, PUSHER_OVERFLOW applies."));

  static final Setting<Long> SPOOL =
      user(
          Setting.withDefault(
              "PUSHER_SPOOL_MB",
              Parsers.mebibytes(0, 10_240),
              0L,
              "Size of the spool in /tmp, which keeps undelivered records for the next process in the"
                  + " environment; 0 for none."));

  static final Setting<Overflow> OVERFLOW =
      user(
          Setting.withDefault(
              "PUSHER_OVERFLOW",
              Parsers.oneOf(Overflow.class),
              Overflow.DROP_OLDEST,
              "Which records to drop when the buffer is full."));

  static final Setting<Boolean> BACKPRESSURE =
      user(
          Setting.withDefault(
              "PUSHER_BACKPRESSURE",
              Parsers.flag(),
              false,
              "Let the platform hold the logs while the buffer is nearly full; ignored on Managed"
                  + " Instances, where they would be lost."));

  static final Setting<List<String>> LOG_TYPES =
      user(
          Setting.withDefault(
              "PUSHER_LOG_TYPES",
              Parsers.someOf("function", "platform", "extension"),
              List.of("function", "platform"),
              "Types of records to ship, for every sink."));

  static final Setting<Boolean> JOIN_LINES =
      user(
          Setting.withDefault(
              "PUSHER_JOIN_LINES",
              Parsers.flag(),
              false,
              "Join the lines of a stack trace that the function printed into one record."));

  static final Setting<List<LiftedField>> LIFT =
      user(
          Setting.optional(
              "PUSHER_LIFT",
              Parser.<List<LiftedField>>of(
                      "at most 16 names of members such as level,tenantId,user.id, each once, of"
                          + " letters, digits and _-.@/:, or name=member",
                      // Not a method reference, which would load the class without the variable.
                      text -> LiftedField.parse(text))
                  .writtenAs(fields -> LiftedField.write(fields)),
              "Fields to send with each record: level, requestId, tenantId, members of JSON lines"
                  + " such as user.id; name=member renames one."));

  static final Setting<Subscription.Api> LOGS_API =
      user(
          Setting.withDefault(
              "PUSHER_LOGS_API",
              Parsers.oneOf(Subscription.Api.class),
              Subscription.Api.TELEMETRY,
              "Platform API to try first for the log subscription."));

  static final Setting<Integer> PLATFORM_MAX_ITEMS =
      user(
          Setting.withDefault(
              "PUSHER_PLATFORM_MAX_ITEMS",
              Parsers.wholeNumber(1_000, 10_000),
              1_000,
              "Number of events after which the platform delivers."));

  static final Setting<Integer> PLATFORM_MAX_BYTES =
      user(
          Setting.withDefault(
              "PUSHER_PLATFORM_MAX_BYTES",
              Parsers.wholeNumber(262_144, 1_048_576),
              262_144,
              "Number of bytes after which the platform delivers."));

  static final Setting<Duration> PLATFORM_TIMEOUT =
      user(
          Setting.withDefault(
              "PUSHER_PLATFORM_TIMEOUT_MS",
              Parsers.millis(25, 30_000),
              Duration.ofMillis(25),
              "Time after which the platform delivers; a flush may delay an invocation by as"
                  + " much."));

  static final Setting<Tls> TLS =
      user(
          Setting.withDefault(
              "PUSHER_TLS",
              Parsers.oneOf(Tls.class),
              Tls.NATIVE,
              "Implementation of TLS: native (BoringSSL), or java, which needs more CPU."));

  static final Setting<Level> LOG_LEVEL =
      user(
          Setting.withDefault(
              "PUSHER_LOG_LEVEL",
              Parsers.oneOf(Level.class),
              Level.INFO,
              "Log level of the extension itself: off, warn, info, or debug, which prints the version,"
                  + " the settings in effect, each send and each retry."));

  static final Setting<OnError> ON_ERROR =
      user(
          Setting.withDefault(
              "PUSHER_ON_ERROR",
              Parsers.oneOf(OnError.class),
              OnError.CONTINUE,
              "On configuration problems: continue runs the function and drops its logs; fail"
                  + " reports an init error."));

  static final Setting<Boolean> OWN_LINES =
      user(
          Setting.withDefault(
              "PUSHER_OWN_LINES",
              Parsers.flag(),
              true,
              "Ship the warnings of the extension itself, too, as records of the type log-shipper."));

  static final Setting<String> HEALTH_RECORDS =
      user(
          Setting.withDefault(
              "PUSHER_HEALTH_RECORDS",
              Parsers.oneOf(HEALTH_OFF, "json", HEALTH_EMF),
              HEALTH_OFF,
              "Ship records about the extension itself: off, json, or emf (with CloudWatch's"
                  + " embedded metrics)."));

  static final Setting<Duration> HEALTH_INTERVAL =
      user(
          Setting.withDefault(
              "PUSHER_HEALTH_INTERVAL_MS",
              Parsers.millis(1_000, 86_400_000),
              Duration.ofMinutes(1),
              "Minimum time between two such records of a sink; the last one is sent at the"
                  + " shutdown."));

  private CoreSettings() {}

  private static <T> Setting<T> user(Setting<T> setting) {
    OF_USER.add(setting);
    return setting;
  }

  /// The variables for users, in the order of the documentation.
  static List<Setting<?>> ofUser() {
    return List.copyOf(OF_USER);
  }
}
