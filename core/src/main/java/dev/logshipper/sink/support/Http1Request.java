package dev.logshipper.sink.support;

import dev.logshipper.config.Authority;
import dev.logshipper.http1.HeadWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A request for [Http1Client]. `Host` and `Content-Length` are added unless given. Not
/// thread-safe.
public final class Http1Request {
  private static final byte[] EMPTY = {};

  private final String method;
  private final Origin origin;
  private final String target;
  private final List<String> headers = new ArrayList<>();
  private long length;
  private Content content = out -> out.write(EMPTY);

  /// A server: requests to the same one share a connection.
  ///
  /// @param secure whether to use TLS
  public record Origin(boolean secure, String host, int port) {
    /// The server of an `http` or `https` URL with a host.
    public static Origin of(URI url) {
      boolean secure = "https".equalsIgnoreCase(url.getScheme());
      Authority authority = Authority.require(url);
      int port = authority.port() < 0 ? defaultPort(secure) : authority.port();
      return new Origin(secure, authority.host(), port);
    }

    /// Written out: for the generated method, the JDK makes classes at the first call, which takes
    /// 8 ms.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Origin that
          && secure == that.secure
          && port == that.port
          && host.equals(that.host);
    }

    @Override
    public int hashCode() {
      return 31 * host.hashCode() + port;
    }

    /// Scheme, host and port, without anything that could be a secret (rule S15).
    @Override
    public String toString() {
      return (secure ? "https://" : "http://") + authority();
    }

    /// Host, and port unless it is the default: the value of `Host`.
    public String authority() {
      return port == defaultPort(secure) ? host : host + ":" + port;
    }

    private static int defaultPort(boolean secure) {
      return secure ? 443 : 80;
    }
  }

  /// Writes a body. May be called twice, if a kept connection turns out to be dead.
  @FunctionalInterface
  public interface Content {
    /// Writes as many bytes as were announced.
    void writeTo(OutputStream out) throws IOException;
  }

  /// @param target path and query, encoded
  public Http1Request(String method, Origin origin, String target) {
    this.method = method;
    this.origin = origin;
    this.target = target.startsWith("/") ? target : "/" + target;
  }

  /// A GET.
  public static Http1Request get(URI url) {
    return new Http1Request("GET", Origin.of(url), target(url));
  }

  /// A POST with a body.
  public static Http1Request post(URI url, byte[] body) {
    return new Http1Request("POST", Origin.of(url), target(url))
        .body(body.length, out -> out.write(body));
  }

  /// Adds a header field.
  public Http1Request header(String name, String value) {
    headers.add(name);
    headers.add(value);
    return this;
  }

  /// Sets the body.
  ///
  /// @param bytes its length
  public Http1Request body(long bytes, Content newContent) {
    length = bytes;
    content = newContent;
    return this;
  }

  /// The server that it is for.
  public Origin origin() {
    return origin;
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  boolean hasBody() {
    return !method.equals("GET") && !method.equals("HEAD");
  }

  boolean closesConnection() {
    String connection = header("Connection");
    return connection != null && connection.toLowerCase(Locale.ROOT).contains("close");
  }

  void writeBodyTo(OutputStream out) throws IOException {
    content.writeTo(out);
  }

  /// @param proxy on the way; for a plain request it needs the whole URL
  /// @throws IOException when a header contains a line break
  byte[] head(@Nullable HttpProxy proxy) throws IOException {
    HttpProxy forwarder = origin.secure() ? null : proxy;
    HeadWriter head =
        new HeadWriter(method + " " + (forwarder == null ? "" : origin) + target + " HTTP/1.1");
    String authorization = forwarder == null ? null : forwarder.authorization();
    if (authorization != null) {
      head.field("Proxy-Authorization", authorization);
    }
    for (int i = 0; i < headers.size(); i += 2) {
      head.field(headers.get(i), headers.get(i + 1));
    }
    if (header("Host") == null) {
      head.field("Host", origin.authority());
    }
    if (header("Content-Length") == null) {
      head.field("Content-Length", Long.toString(length));
    }
    return head.bytes();
  }

  private @Nullable String header(String name) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        return headers.get(i + 1);
      }
    }
    return null;
  }

  private static String target(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  /// Method and server only: the rest may contain secrets.
  @Override
  public String toString() {
    return method + " " + origin;
  }
}
