package com.example.otlp;

import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The variables of the `otlp` sink: those that every OpenTelemetry exporter has
/// (<https://opentelemetry.io/docs/specs/otel/protocol/exporter/>). Those for logs take precedence
/// over those for all signals.
final class OtlpSettings {
  static final Setting<URI> ENDPOINT =
      Setting.withDefault(
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          Parsers.httpUrl(),
          URI.create("http://localhost:4318"),
          "Base URL of the collector; /v1/logs is appended");

  static final Setting<URI> LOGS_ENDPOINT =
      Setting.optional(
          "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
          Parsers.httpUrl(),
          "URL for logs, used verbatim; overrides the one above");

  static final Setting<List<NameValue>> HEADERS =
      Setting.optional(
              "OTEL_EXPORTER_OTLP_HEADERS",
              Parsers.pairs('='),
              "Headers of each request, name=value,name=value, percent-encoded")
          .secret();

  static final Setting<List<NameValue>> LOGS_HEADERS =
      Setting.optional(
              "OTEL_EXPORTER_OTLP_LOGS_HEADERS",
              Parsers.pairs('='),
              "Headers for logs; override those above")
          .secret();

  static final Setting<Integer> TIMEOUT =
      Setting.withDefault(
          "OTEL_EXPORTER_OTLP_TIMEOUT",
          Parsers.wholeNumber(1, 60_000),
          10_000,
          "Maximum time for one request, in milliseconds");

  static final Setting<String> SERVICE_NAME =
      Setting.optional(
          "OTEL_SERVICE_NAME", Parsers.text(), "Attribute service.name; default: the function's name");

  static final List<Setting<?>> ALL =
      List.of(ENDPOINT, LOGS_ENDPOINT, HEADERS, LOGS_HEADERS, TIMEOUT, SERVICE_NAME);

  private OtlpSettings() {}

  static URI logsUrl(Settings settings) {
    return settings
        .find(LOGS_ENDPOINT)
        .orElseGet(() -> {
          String base = settings.get(ENDPOINT).toString();
          return URI.create(base + (base.endsWith("/") ? "v1/logs" : "/v1/logs"));
        });
  }

  /// @throws IllegalArgumentException when one is invalid; the message does not contain its value
  static Map<String, String> headers(Settings settings) {
    Setting<List<NameValue>> used = settings.isSet(LOGS_HEADERS) ? LOGS_HEADERS : HEADERS;
    Map<String, String> headers = new TreeMap<>();
    for (NameValue header : settings.find(used).orElse(List.of())) {
      headers.put(header.name(), decoded(header.value(), used));
    }
    return headers;
  }

  private static String decoded(String value, Setting<?> of) {
    try {
      // The decoder is made for forms, where a plus is a space.
      String text = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
      if (text.chars().allMatch(c -> c >= ' ' && c < 127)) {
        return text;
      }
    } catch (IllegalArgumentException _) {
      // Its message would contain the value.
    }
    throw new IllegalArgumentException(of + ": expected percent-encoded printable ASCII values");
  }
}
