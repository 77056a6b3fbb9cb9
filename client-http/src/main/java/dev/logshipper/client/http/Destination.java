package dev.logshipper.client.http;

import dev.logshipper.config.Settings;
import java.security.cert.X509Certificate;
import java.util.List;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/// Where requests go, what they carry besides the body, and how they get there. Immutable.
public final class Destination {
  private final HttpUrl url;
  private final Headers headers;
  private final ProxyChoice proxy;
  private final List<X509Certificate> roots;
  private final String caFileVariable;

  /// @param url its user and fragment are left out
  /// @param headers of each request, credentials included
  /// @param connection the variables of the sink's mode, which `settings` hold
  /// @throws IllegalArgumentException when a variable names what is not there
  public Destination(
      HttpUrl url, Headers headers, Settings settings, ConnectionSettings connection) {
    this.url = url.newBuilder().username("").password("").fragment(null).build();
    this.headers = headers;
    this.proxy = ProxyChoice.of(settings, connection, this.url);
    this.caFileVariable = connection.caFile().name();
    this.roots =
        settings
            .find(connection.caFile())
            .map(file -> TrustedRoots.read(file, caFileVariable))
            .orElse(List.of());
  }

  /// Sets a header whose value comes from a variable.
  ///
  /// @throws IllegalArgumentException when HTTP cannot carry it; names the variable, not the value
  public static void setHeader(
      Headers.Builder headers, String name, String value, String variable) {
    try {
      headers.set(name, value);
    } catch (IllegalArgumentException _) {
      // The library's message may show the value.
      throw new IllegalArgumentException(
          variable + ": expected printable ASCII characters in each name and value");
    }
  }

  /// For people; the path may be a secret, so it is left out.
  public String host() {
    return url.host();
  }

  HttpUrl url() {
    return url;
  }

  Headers headers() {
    return headers;
  }

  ProxyChoice proxy() {
    return proxy;
  }

  /// Certificates to trust besides the well-known ones.
  List<X509Certificate> roots() {
    return roots;
  }

  /// Where a person would add one.
  String caFileVariable() {
    return caFileVariable;
  }

  /// Scheme, host, and a port that is not the usual one.
  @Override
  public String toString() {
    boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
    return url.scheme() + "://" + url.host() + (usual ? "" : ":" + url.port());
  }
}
