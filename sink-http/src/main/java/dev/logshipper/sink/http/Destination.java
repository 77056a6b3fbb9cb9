package dev.logshipper.sink.http;

import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.config.Settings;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/// Where requests go, what they carry besides the body, and how they get there. Immutable.
///
/// @param url without credentials
/// @param headers of each request, credentials included
/// @param roots certificates to trust besides the well-known ones
record Destination(HttpUrl url, Headers headers, ProxyChoice proxy, List<X509Certificate> roots) {
  private static final String AUTHORIZATION = "Authorization";

  /// What follows from the body and is not for users to say.
  private static final List<String> RESERVED =
      List.of(
          "connection",
          "content-encoding",
          "content-length",
          "host",
          "transfer-encoding",
          "x-log-shipper-batch-id");

  /// @throws IllegalArgumentException when settings contradict one another or name what is not
  ///   there; without the value of any secret
  static Destination of(Settings settings) {
    URI endpoint = settings.get(HttpSettings.ENDPOINT);
    HttpUrl url = HttpUrl.parse(endpoint.toString());
    if (url == null) {
      throw new IllegalArgumentException("ED_ENDPOINT: expected an http:// or https:// URL");
    }
    List<X509Certificate> roots =
        settings.find(HttpSettings.CA_FILE).map(TrustedRoots::read).orElse(List.of());
    HttpUrl bare = url.newBuilder().username("").password("").fragment(null).build();
    return new Destination(bare, headers(settings, url), ProxyChoice.of(settings, bare), roots);
  }

  /// For people; the path may be a secret, so it is left out.
  String host() {
    return url.host();
  }

  private static Headers headers(Settings settings, HttpUrl url) {
    Headers.Builder headers = new Headers.Builder();
    headers.add("Content-Type", "application/json");
    headers.add("User-Agent", "lambda-log-shipper");
    for (NameValue header : settings.find(HttpSettings.HEADERS).orElse(List.of())) {
      if (RESERVED.contains(header.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "PUSHER_HTTP_HEADERS: " + header.name() + " follows from the body and cannot be set");
      }
      set(headers, header.name(), header.value(), "PUSHER_HTTP_HEADERS");
    }
    Optional<String> token = settings.find(HttpSettings.BEARER_TOKEN);
    boolean user = !url.username().isEmpty();
    int claims =
        (headers.get(AUTHORIZATION) == null ? 0 : 1) + (token.isEmpty() ? 0 : 1) + (user ? 1 : 0);
    if (claims > 1) {
      throw new IllegalArgumentException(
          "expected one of PUSHER_HTTP_BEARER_TOKEN, Authorization in PUSHER_HTTP_HEADERS and a"
              + " user in ED_ENDPOINT, not several");
    }
    token.ifPresent(t -> set(headers, AUTHORIZATION, "Bearer " + t, "PUSHER_HTTP_BEARER_TOKEN"));
    if (user) {
      headers.add(AUTHORIZATION, Credentials.basic(url.username(), url.password()));
    }
    return headers.build();
  }

  private static void set(Headers.Builder headers, String name, String value, String variable) {
    try {
      headers.set(name, value);
    } catch (IllegalArgumentException _) {
      // The library's message may show the value.
      throw new IllegalArgumentException(
          variable + ": expected printable ASCII characters in each name and value");
    }
  }

  @Override
  public String toString() {
    boolean own = url.port() == HttpUrl.defaultPort(url.scheme());
    return url.scheme() + "://" + url.host() + (own ? "" : ":" + url.port());
  }
}
