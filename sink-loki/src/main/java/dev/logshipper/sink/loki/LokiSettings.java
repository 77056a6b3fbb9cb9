package dev.logshipper.sink.loki;

import dev.logshipper.client.http.ConnectionSettings;
import dev.logshipper.config.Authority;
import dev.logshipper.config.Parser;
import dev.logshipper.config.Parsers;
import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.support.LineSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings of the `loki` sink. A URL may hold credentials, so it is secret too.
final class LokiSettings {
  static final String AUTHORIZATION = "Authorization";
  static final String TENANT_HEADER = "X-Scope-OrgID";

  static final Setting<URI> ENDPOINT =
      Setting.required(
              "LOKI_ENDPOINT_URL",
              Parsers.httpUrl(),
              "URL of Loki; /loki/api/v1/push is appended if missing")
          .alias("PUSHER_LOKI_URL")
          .secret();

  static final Setting<String> APPLICATION =
      Setting.required(
              "LOKI_APPLICATION_LABEL",
              StreamLabels.valueParser(),
              "Value of the label `application`")
          .alias("PUSHER_LOKI_APPLICATION");

  static final Setting<String> ENVIRONMENT =
      Setting.required(
              "LOKI_ENV_LABEL", StreamLabels.valueParser(), "Value of the label `environment`")
          .alias("PUSHER_LOKI_ENVIRONMENT");

  static final Setting<List<NameValue>> EXTRA_LABELS =
      Setting.optional(
              "LOKI_EXTRA_LABELS",
              StreamLabels.pairsParser(),
              "Additional labels, at most 12: names of letters, digits, _ and :, each once; values of"
                  + " 1 to 2048 bytes")
          .alias("PUSHER_LOKI_LABELS");

  static final Setting<String> BEARER_TOKEN =
      Setting.optional("LOKI_BEARER_TOKEN", Parsers.text(), "Token for the Authorization header")
          .alias("PUSHER_LOKI_BEARER_TOKEN")
          .secret();

  static final Setting<String> USERNAME =
      Setting.optional("LOKI_USERNAME", Parsers.text(), "User for basic authentication")
          .alias("PUSHER_LOKI_USERNAME")
          .secret();

  static final Setting<String> PASSWORD =
      Setting.optional("LOKI_PASSWORD", Parsers.text(), "Password for basic authentication")
          .alias("PUSHER_LOKI_PASSWORD")
          .secret();

  static final Setting<String> TENANT =
      Setting.optional(
          "PUSHER_LOKI_TENANT", tenant(), "Tenant of a multi-tenant Loki (X-Scope-OrgID)");

  static final Setting<List<NameValue>> HEADERS =
      Setting.optional(
              "PUSHER_LOKI_HEADERS",
              Parsers.pairs('='),
              "Additional headers of each request, name=value,name=value")
          .secret();

  static final Setting<Boolean> DEBUG =
      Setting.optional(
              "LOKI_DEBUG",
              Parsers.flag(),
              "true: the same as PUSHER_LOG_LEVEL=debug, unless that is set")
          .standsFor("PUSHER_LOG_LEVEL", debug -> debug ? Level.DEBUG : null);

  static final Setting<String> FORMAT =
      Setting.withDefault(
          "PUSHER_LOKI_FORMAT",
          Parsers.oneOf("protobuf", "json", "json-gzip"),
          "protobuf",
          "Encoding of pushes; protobuf is compressed with snappy");

  static final Setting<Boolean> STRUCTURED_METADATA =
      Setting.withDefault(
          "PUSHER_LOKI_STRUCTURED_METADATA",
          Parsers.flag(),
          true,
          "Send the request id, the tenant if any, and the fields of PUSHER_LIFT as structured"
              + " metadata");

  static final Setting<List<String>> LABEL_FIELDS =
      Setting.optional(
          "PUSHER_LOKI_LABEL_FIELDS",
          StreamLabels.fieldsParser(),
          "Fields that become labels instead, separated by commas: level, tenantId or any of"
              + " PUSHER_LIFT; at most 4, with at most 32 values each");

  static final Setting<Integer> BATCH_BYTES =
      Setting.withDefault(
          "LOKI_BATCH_SIZE",
          Parsers.wholeNumber(1, LokiSink.PUSH_BYTES_MAX),
          131_072,
          "Target push size in bytes of lines; PUSHER_LOKI_BATCH_BYTES and PUSHER_BATCH_BYTES take precedence");

  static final Setting<Duration> PLATFORM_TIMEOUT =
      Setting.optional(
              "LOKI_BUFFER_TIMEOUT_MS",
              Parsers.millis(25, 30_000),
              "Buffering timeout of the platform; PUSHER_PLATFORM_TIMEOUT_MS takes precedence")
          .alias("PUSHER_LOKI_BUFFER_TIMEOUT_MS");

  static final Setting<Duration> TIMEOUT =
      Setting.withDefault(
          "PUSHER_LOKI_TIMEOUT_SEC",
          Parsers.seconds(1, 300),
          Duration.ofSeconds(5),
          "Timeout of one push, from the DNS lookup to the response");

  static final ConnectionSettings CONNECTION = ConnectionSettings.ofMode("loki", ENDPOINT.name());

  private static final int TENANT_CHARS_MAX = 150;

  private LokiSettings() {}

  static List<Setting<?>> all() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                ENDPOINT,
                APPLICATION,
                ENVIRONMENT,
                EXTRA_LABELS,
                BEARER_TOKEN,
                USERNAME,
                PASSWORD,
                TENANT,
                HEADERS,
                FORMAT,
                STRUCTURED_METADATA,
                LABEL_FIELDS,
                LineSettings.UNWRAP_JSON,
                BATCH_BYTES,
                PLATFORM_TIMEOUT,
                TIMEOUT,
                DEBUG));
    all.addAll(CONNECTION.all());
    return List.copyOf(all);
  }

  /// Variables that exclude one another; empty if there are none.
  static List<String> contradictions(Settings settings) {
    List<String> found = new ArrayList<>();
    List<NameValue> headers = settings.find(HEADERS).orElse(List.of());
    if (settings.isSet(TENANT) && Parsers.hasName(headers, TENANT_HEADER)) {
      found.add(
          "expected one of PUSHER_LOKI_TENANT and "
              + TENANT_HEADER
              + " in PUSHER_LOKI_HEADERS, not both");
    }
    boolean hasUsername = settings.isSet(USERNAME);
    if (hasUsername != settings.isSet(PASSWORD)) {
      found.add(
          hasUsername
              ? "LOKI_USERNAME is set and LOKI_PASSWORD is not: expected both or neither"
              : "LOKI_PASSWORD is set and LOKI_USERNAME is not: expected both or neither");
    }
    boolean hasVariable = hasUsername || settings.isSet(BEARER_TOKEN);
    boolean hasUser = settings.find(ENDPOINT).map(Authority::hasUser).orElse(false);
    if (Parsers.hasName(headers, AUTHORIZATION) && (hasUser || hasVariable)) {
      found.add("expected Authorization in PUSHER_LOKI_HEADERS or other credentials, not both");
    } else if (hasUser && hasVariable) {
      found.add(
          "expected a user in LOKI_ENDPOINT_URL, or LOKI_BEARER_TOKEN, or LOKI_USERNAME with"
              + " LOKI_PASSWORD, not several");
    }
    return found;
  }

  /// Source: "Manage tenant isolation" in Loki's manual. Several ids, allowed for queries, are
  /// rejected in a push.
  private static Parser<String> tenant() {
    return Parser.of(
        "a tenant of at most " + TENANT_CHARS_MAX + " letters, digits and ! - _ . * ' ( )",
        LokiSettings::tenantOf);
  }

  private static @Nullable String tenantOf(String text) {
    String tenant = text.strip();
    if (tenant.length() > TENANT_CHARS_MAX || tenant.equals(".") || tenant.equals("..")) {
      return null;
    }
    for (int i = 0; i < tenant.length(); i++) {
      char c = tenant.charAt(i);
      if ((c >= 0x80 || !Character.isLetterOrDigit(c)) && "!-_.*'()".indexOf(c) < 0) {
        return null;
      }
    }
    return tenant;
  }
}
