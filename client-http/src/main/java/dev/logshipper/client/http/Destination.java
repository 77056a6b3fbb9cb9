package dev.logshipper.client.http;

import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.support.CaCertificates;
import dev.logshipper.sink.support.ConnectionVariables;
import dev.logshipper.sink.support.Http1Request;
import dev.logshipper.sink.support.HttpProxy;
import dev.logshipper.sink.support.Proxies;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/// The endpoint of a sink: URL, headers, proxy, trusted CAs and client certificate. Immutable.
public final class Destination {
  /// Headers that are derived from the body; users cannot set them.
  private static final List<String> RESERVED =
      List.of(
          "connection",
          "content-encoding",
          "content-length",
          "host",
          "transfer-encoding",
          "x-log-shipper-batch-id");

  private final HttpUrl url;
  private final Headers headers;
  private final @Nullable HttpProxy proxy;
  private final List<X509Certificate> caCertificates;
  private final ConnectionVariables variables;
  private final List<KeyManager> clientCertificates;
  private final Diagnostics diagnostics;

  /// @param url its user and fragment are ignored
  /// @param headers of each request, credentials included
  /// @param connection the variables of the sink's mode, read from `settings`
  /// @param diagnostics for files that are missing or unusable, which are ignored, and for requests
  public Destination(
      HttpUrl url,
      Headers headers,
      Settings settings,
      ConnectionSettings connection,
      Diagnostics diagnostics) {
    this.url = url.newBuilder().username("").password("").fragment(null).build();
    this.headers = headers;
    this.proxy = proxyFor(this.url, connection.proxy().proxies(settings));
    this.variables = connection.variables();
    this.caCertificates = CaCertificates.of(connection.caFile(), settings, diagnostics);
    this.clientCertificates = ClientCertificate.of(settings, connection, diagnostics);
    this.diagnostics = diagnostics;
  }

  private static @Nullable HttpProxy proxyFor(HttpUrl url, @Nullable Proxies proxies) {
    return proxies == null
        ? null
        : proxies.of(new Http1Request.Origin(url.isHttps(), url.host(), url.port()));
  }

  /// Sets a header whose value comes from a variable.
  ///
  /// @throws IllegalArgumentException when it is no valid header; names the variable, not the value
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

  /// Sets the headers that a variable lists; they replace those with the same name.
  ///
  /// @throws IllegalArgumentException when one is invalid or derived from the body; without its
  ///   value
  public static void setHeaders(Headers.Builder headers, List<NameValue> given, String variable) {
    for (NameValue header : given) {
      if (RESERVED.contains(header.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            variable + ": " + header.name() + " follows from the body and cannot be set");
      }
      setHeader(headers, header.name(), header.value(), variable);
    }
  }

  /// The host, for messages; the path may be a secret, so it is not shown.
  public String host() {
    return url.host();
  }

  HttpUrl url() {
    return url;
  }

  Headers headers() {
    return headers;
  }

  @Nullable HttpProxy proxy() {
    return proxy;
  }

  /// CA certificates to trust in addition to the public ones.
  List<X509Certificate> caCertificates() {
    return caCertificates;
  }

  /// The certificates to present to servers that require one.
  List<KeyManager> clientCertificates() {
    return clientCertificates;
  }

  /// The variables that may be the cause of a failed connection.
  ConnectionVariables variables() {
    return variables;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  /// Scheme, host, and the port unless it is the default one.
  @Override
  public String toString() {
    boolean isDefault = url.port() == HttpUrl.defaultPort(url.scheme());
    return url.scheme() + "://" + url.host() + (isDefault ? "" : ":" + url.port());
  }
}
