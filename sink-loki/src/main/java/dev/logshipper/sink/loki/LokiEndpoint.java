package dev.logshipper.sink.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.client.http.Destination;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Diagnostics;
import java.util.List;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/// Builds the destination from the settings. Stateless.
final class LokiEndpoint {
  private static final String PUSH_PATH = "/loki/api/v1/push";

  private LokiEndpoint() {}

  /// @param diagnostics for a warning about missing credentials or unusable files
  /// @throws IllegalArgumentException when settings contradict each other; without the value of any
  ///   secret
  static Destination of(Settings settings, PushFormat format, Diagnostics diagnostics) {
    for (String contradiction : LokiSettings.contradictions(settings)) {
      throw new IllegalArgumentException(contradiction);
    }
    HttpUrl url = HttpUrl.parse(settings.get(LokiSettings.ENDPOINT).toString());
    if (url == null) {
      throw new IllegalArgumentException("LOKI_ENDPOINT_URL: expected an http:// or https:// URL");
    }
    Headers.Builder headers = new Headers.Builder();
    headers.add("User-Agent", "lambda-log-shipper");
    Destination.setHeaders(
        headers, settings.find(LokiSettings.HEADERS).orElse(List.of()), "PUSHER_LOKI_HEADERS");
    Optional<String> tenant = settings.find(LokiSettings.TENANT);
    tenant.ifPresent(name -> headers.add(LokiSettings.TENANT_HEADER, name));
    format.describe(headers);
    authorize(settings, url, headers, diagnostics);
    if (headers.get(LokiSettings.AUTHORIZATION) == null) {
      diagnostics.warn(
          "loki: pushing without credentials: set LOKI_BEARER_TOKEN, or LOKI_USERNAME and"
              + " LOKI_PASSWORD");
    }
    return new Destination(
        withPushPath(url), headers.build(), settings, LokiSettings.CONNECTION, diagnostics);
  }

  private static HttpUrl withPushPath(HttpUrl url) {
    String path = url.encodedPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    String full = path.endsWith(PUSH_PATH) ? path : path + PUSH_PATH;
    return url.newBuilder().encodedPath(full).build();
  }

  private static void authorize(
      Settings settings, HttpUrl url, Headers.Builder headers, Diagnostics diagnostics) {
    Optional<String> token = settings.find(LokiSettings.BEARER_TOKEN);
    Optional<String> user = settings.find(LokiSettings.USERNAME);
    Optional<String> password = settings.find(LokiSettings.PASSWORD);
    if (token.isPresent() && user.isPresent()) {
      // The extension that this one replaces accepts both, so logs must be sent.
      diagnostics.warn("loki: LOKI_BEARER_TOKEN and LOKI_USERNAME are both set; using the token");
    }
    if (token.isPresent()) {
      Destination.setHeader(
          headers, LokiSettings.AUTHORIZATION, "Bearer " + token.get(), "LOKI_BEARER_TOKEN");
    } else if (user.isPresent() && password.isPresent()) {
      headers.add(LokiSettings.AUTHORIZATION, Credentials.basic(user.get(), password.get(), UTF_8));
    } else if (!url.username().isEmpty()) {
      headers.add(
          LokiSettings.AUTHORIZATION, Credentials.basic(url.username(), url.password(), UTF_8));
    }
  }
}
