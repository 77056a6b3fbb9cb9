package dev.logshipper.sink.http;

import dev.logshipper.client.http.Destination;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Diagnostics;
import java.util.List;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/// The destination that the variables describe. Stateless.
final class Endpoint {
  private Endpoint() {}

  /// @param diagnostics for files that are missing or unusable
  /// @throws IllegalArgumentException when settings contradict one another; without the value of
  ///   any secret
  static Destination of(Settings settings, Diagnostics diagnostics) {
    for (String contradiction : HttpSettings.contradictions(settings)) {
      throw new IllegalArgumentException(contradiction);
    }
    HttpUrl url = HttpUrl.parse(settings.get(HttpSettings.ENDPOINT).toString());
    if (url == null) {
      throw new IllegalArgumentException("ED_ENDPOINT: expected an http:// or https:// URL");
    }
    return new Destination(
        url, headers(settings, url), settings, HttpSettings.CONNECTION, diagnostics);
  }

  private static Headers headers(Settings settings, HttpUrl url) {
    Headers.Builder headers = new Headers.Builder();
    headers.add("Content-Type", "application/json");
    headers.add("User-Agent", "lambda-log-shipper");
    if (settings.get(HttpSettings.GZIP)) {
      headers.add("Content-Encoding", "gzip");
    }
    Destination.setHeaders(
        headers, settings.find(HttpSettings.HEADERS).orElse(List.of()), "PUSHER_HTTP_HEADERS");
    Optional<String> token = settings.find(HttpSettings.BEARER_TOKEN);
    token.ifPresent(t ->
        Destination.setHeader(
            headers, HttpSettings.AUTHORIZATION, "Bearer " + t, "PUSHER_HTTP_BEARER_TOKEN"));
    if (!url.username().isEmpty()) {
      headers.add(HttpSettings.AUTHORIZATION, Credentials.basic(url.username(), url.password()));
    }
    return headers.build();
  }
}
