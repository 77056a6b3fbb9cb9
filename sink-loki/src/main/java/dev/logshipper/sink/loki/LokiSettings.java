package dev.logshipper.sink.loki;

import dev.logshipper.client.http.ConnectionSettings;
import dev.logshipper.config.Parser;
import dev.logshipper.config.Parsers;
import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.config.Setting;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The variables of the `loki` sink. What may carry credentials is secret, and a URL may.
final class LokiSettings {
  static final Setting<URI> ENDPOINT =
      Setting.required(
              "LOKI_ENDPOINT_URL",
              Parsers.httpUrl(),
              "URL of Loki; /loki/api/v1/push is appended unless it is there")
          .alias("PUSHER_LOKI_URL")
          .secret();

  static final Setting<String> APPLICATION =
      Setting.required(
              "LOKI_APPLICATION_LABEL", Labels.valueParser(), "Value of the label `application`")
          .alias("PUSHER_LOKI_APPLICATION");

  static final Setting<String> ENVIRONMENT =
      Setting.required("LOKI_ENV_LABEL", Labels.valueParser(), "Value of the label `environment`")
          .alias("PUSHER_LOKI_ENVIRONMENT");

  static final Setting<List<NameValue>> EXTRA_LABELS =
      Setting.optional(
              "LOKI_EXTRA_LABELS", Labels.pairsParser(), "Further labels, name,value,name,value")
          .alias("PUSHER_LOKI_LABELS");

  static final Setting<String> BEARER_TOKEN =
      Setting.optional("LOKI_BEARER_TOKEN", Parsers.text(), "Token for the Authorization header")
          .alias("PUSHER_LOKI_BEARER_TOKEN")
          .secret();

  static final Setting<String> USERNAME =
      Setting.optional("LOKI_USERNAME", Parsers.text(), "User for basic authentication")
          .alias("PUSHER_LOKI_USERNAME");

  static final Setting<String> PASSWORD =
      Setting.optional("LOKI_PASSWORD", Parsers.text(), "Password for basic authentication")
          .alias("PUSHER_LOKI_PASSWORD")
          .secret();

  static final Setting<String> TENANT =
      Setting.optional(
          "PUSHER_LOKI_TENANT", tenant(), "Tenant, for a Loki that has several (X-Scope-OrgID)");

  static final Setting<String> FORMAT =
      Setting.withDefault(
          "PUSHER_LOKI_FORMAT",
          Parsers.oneOf("protobuf", "json", "json-gzip"),
          "protobuf",
          "Form of a push; protobuf is compressed with snappy");

  static final Setting<Boolean> STRUCTURED_METADATA =
      Setting.withDefault(
          "PUSHER_LOKI_STRUCTURED_METADATA",
          Parsers.flag(),
          true,
          "Send the request id as structured metadata");

  static final Setting<Integer> BATCH_BYTES =
      Setting.withDefault(
              "LOKI_BATCH_SIZE",
              Parsers.wholeNumber(1, LokiSink.PUSH_BYTES_MAX),
              131_072,
              "Bytes of lines that are worth a push; PUSHER_BATCH_BYTES goes first")
          .alias("PUSHER_LOKI_BATCH_BYTES");

  static final Setting<Integer> PLATFORM_TIMEOUT_MS =
      Setting.optional(
              "LOKI_BUFFER_TIMEOUT_MS",
              Parsers.wholeNumber(25, 30_000),
              "Time after which the platform delivers; PUSHER_PLATFORM_TIMEOUT_MS goes first")
          .alias("PUSHER_LOKI_BUFFER_TIMEOUT_MS");

  static final Setting<Integer> TIMEOUT_SECONDS =
      Setting.withDefault(
          "PUSHER_LOKI_TIMEOUT_SEC",
          Parsers.wholeNumber(1, 300),
          5,
          "Longest time for one attempt to push, from the lookup of the host to the answer");

  static final ConnectionSettings CONNECTION = ConnectionSettings.ofMode("loki");

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
                FORMAT,
                STRUCTURED_METADATA,
                BATCH_BYTES,
                PLATFORM_TIMEOUT_MS,
                TIMEOUT_SECONDS));
    all.addAll(CONNECTION.all());
    return List.copyOf(all);
  }

  /// Source: "Manage tenant isolation" in Loki's manual. Several ids, which it allows for reading,
  /// it refuses in a push.
  private static Parser<String> tenant() {
    return new Parser<>(
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
      if (!Labels.isLetter(c) && !Labels.isDigit(c) && "!-_.*'()".indexOf(c) < 0) {
        return null;
      }
    }
    return tenant;
  }
}
