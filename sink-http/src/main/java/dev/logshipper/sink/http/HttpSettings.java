package dev.logshipper.sink.http;

import dev.logshipper.client.http.ConnectionSettings;
import dev.logshipper.config.Authority;
import dev.logshipper.config.Parsers;
import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.format.edgedelta.EdgeDeltaSettings;
import dev.logshipper.format.edgedelta.FormatSettings;
import dev.logshipper.format.edgedelta.LineFormat;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The variables of the `http` sink. Settings that may contain credentials are secret, URLs
/// included.
final class HttpSettings {
  static final String AUTHORIZATION = "Authorization";

  static final Setting<URI> ENDPOINT =
      Setting.required("ED_ENDPOINT", Parsers.httpUrl(), "URL that batches are posted to")
          .alias("PUSHER_HTTP_URL")
          .secret();

  static final Setting<LineFormat> FORMAT =
      Setting.withDefault(
          "PUSHER_HTTP_FORMAT",
          Parsers.oneOf(LineFormat.class),
          LineFormat.ENRICHED,
          "Form of a line: enriched (with its origin), plain (time, message, type), epoch (time in"
              + " milliseconds) or splunk (HEC events)");

  static final Setting<String> FRAMING =
      Setting.withDefault(
          "PUSHER_HTTP_FRAMING",
          Parsers.oneOf("lines", "array"),
          "lines",
          "Structure of a body: lines (newline-delimited JSON) or array (one JSON array)");

  static final Setting<Boolean> GZIP =
      Setting.withDefault(
          "PUSHER_HTTP_GZIP",
          Parsers.flag(),
          false,
          "Compress bodies; off because Edge Delta's endpoint accepts plain ones");

  static final Setting<List<NameValue>> HEADERS =
      Setting.optional(
              "PUSHER_HTTP_HEADERS",
              Parsers.pairs('='),
              "Additional headers of each request, name=value,name=value")
          .secret();

  static final Setting<String> BEARER_TOKEN =
      Setting.optional(
              "PUSHER_HTTP_BEARER_TOKEN", Parsers.text(), "Token for the Authorization header")
          .secret();

  static final ConnectionSettings CONNECTION = ConnectionSettings.ofMode("http", ENDPOINT.name());

  private HttpSettings() {}

  static List<Setting<?>> all() {
    // The connection and the format have some in common.
    Set<Setting<?>> all =
        new LinkedHashSet<>(
            List.of(
                ENDPOINT,
                EdgeDeltaSettings.PUSH_TIMEOUT,
                FORMAT,
                FRAMING,
                GZIP,
                HEADERS,
                BEARER_TOKEN));
    all.addAll(CONNECTION.all());
    all.addAll(FormatSettings.all());
    all.addAll(EdgeDeltaSettings.ofCore());
    return List.copyOf(all);
  }

  /// Several credentials, of which a request can carry one; empty without a contradiction.
  static List<String> contradictions(Settings settings) {
    int credentials =
        (settings.isSet(BEARER_TOKEN) ? 1 : 0)
            + (Parsers.hasName(settings.find(HEADERS).orElse(List.of()), AUTHORIZATION) ? 1 : 0)
            + (settings.find(ENDPOINT).map(Authority::hasUser).orElse(false) ? 1 : 0);
    return credentials < 2
        ? List.of()
        : List.of(
            "expected one of PUSHER_HTTP_BEARER_TOKEN, Authorization in PUSHER_HTTP_HEADERS and a"
                + " user in ED_ENDPOINT, not several");
  }
}
