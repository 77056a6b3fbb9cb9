package dev.logshipper.settings;

import dev.logshipper.config.Parser;
import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.redact.RedactionKind;
import dev.logshipper.select.RecordPattern;
import dev.logshipper.sink.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The variables that control which records are shipped, for all lanes or for one.
final class ControlSettings {
  /// Invocations whose lines are shipped.
  enum Keep {
    ALL,
    FAILED
  }

  private static final int REDACT_KEY_CHARS_MIN = 16;
  private static final List<Setting<?>> OF_USER = new ArrayList<>();

  static final Setting<Severity> MIN_LEVEL =
      user(
          Setting.optional(
              "PUSHER_MIN_LEVEL",
              level(),
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
              level(),
              Severity.WARN,
              "With PUSHER_KEEP=failed: lines of this level and above are shipped in any case."));

  static final Setting<Duration> KEEP_SLOWER =
      user(
          Setting.optional(
              "PUSHER_KEEP_SLOWER_MS",
              Parsers.millis(1, 900_000),
              "With PUSHER_KEEP=failed: invocations that last longer count as failed."));

  static final Setting<List<RecordPattern>> INCLUDE =
      user(
          Setting.optional(
                  "PUSHER_INCLUDE",
                  expressions(),
                  "Ship only records in which this expression (RE2) occurs, or one in each line.")
              .guard());

  static final Setting<List<RecordPattern>> EXCLUDE =
      user(
          Setting.optional(
                  "PUSHER_EXCLUDE",
                  expressions(),
                  "Ship no records in which this expression (RE2) occurs, or one in each line.")
              .guard());

  static final Setting<Set<RedactionKind>> REDACT =
      user(
          Setting.optional(
                  "PUSHER_REDACT",
                  Parser.of(RedactionKind.EXPECTED, text -> RedactionKind.parse(text)),
                  "Kinds of values to replace: card, email, iban, bearer, basic, aws-key, private-key,"
                      + " jwt, ssn, ip, ipv4, ipv6, or all.")
              .guard());

  static final Setting<List<RecordPattern>> REDACT_PATTERN =
      user(
          Setting.optional(
                  "PUSHER_REDACT_PATTERN",
                  expressions(),
                  "Expression (RE2) whose occurrences are replaced, or one in each line.")
              .guard());

  static final Setting<String> REDACT_KEY =
      user(
          Setting.optional(
                  "PUSHER_REDACT_KEY",
                  Parser.of("a text of at least 16 characters", ControlSettings::redactKey),
                  "Key of a hash that is added to each replacement, so that equal values can be"
                      + " found.")
              .secret());

  private ControlSettings() {}

  private static Parser<Severity> level() {
    return Parser.of(
            "one of trace, debug, info, warn, error, fatal, or another name of one, such as warning"
                + " or critical",
            // Not a method reference, which would load the names without the variable.
            text -> Severity.named(text))
        .writtenAs(level -> level.name().toLowerCase(Locale.ROOT));
  }

  /// A list, because a parser's own type is loaded with it.
  private static Parser<List<RecordPattern>> expressions() {
    return Parser.of(
        RecordPattern.EXPECTED + ", or one in each line", text -> RecordPattern.parseLines(text));
  }

  private static @Nullable String redactKey(String text) {
    return text.length() < REDACT_KEY_CHARS_MIN ? null : text;
  }

  private static <T> Setting<T> user(Setting<T> setting) {
    OF_USER.add(setting);
    return setting;
  }

  /// The variables that hide something.
  static List<Setting<?>> guards() {
    return List.of(INCLUDE, EXCLUDE, REDACT, REDACT_PATTERN);
  }

  /// The variables for users, in the order of the documentation.
  static List<Setting<?>> ofUser() {
    return List.copyOf(OF_USER);
  }
}
