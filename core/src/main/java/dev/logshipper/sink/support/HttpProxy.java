package dev.logshipper.sink.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Authority;
import dev.logshipper.http1.HeadWriter;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// An HTTP proxy: forwards plain requests, and opens tunnels for TLS. Failures name it and the
/// variable that it comes from, since the server behind it is not to blame. Immutable.
///
/// @param authorization value of the `Proxy-Authorization` header, or null
/// @param variable its source
public record HttpProxy(String host, int port, @Nullable String authorization, String variable) {
  private static final int PORT_DEFAULT = 80;

  static HttpProxy of(URI url, String variable) {
    Authority authority = Authority.require(url);
    int port = authority.port() < 0 ? PORT_DEFAULT : authority.port();
    return new HttpProxy(authority.host(), port, basic(authority.userInfo()), variable);
  }

  private static @Nullable String basic(@Nullable String user) {
    if (user == null) {
      return null;
    }
    String pair = user.indexOf(':') < 0 ? user + ":" : user;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  /// The request for a tunnel to a server.
  byte[] tunnelRequest(Http1Request.Origin server) throws IOException {
    String target = server.host() + ":" + server.port();
    HeadWriter head = new HeadWriter("CONNECT " + target + " HTTP/1.1").field("Host", target);
    if (authorization != null) {
      head.field("Proxy-Authorization", authorization);
    }
    return head.bytes();
  }

  /// The failure that replaces one of the connection to it.
  public IOException unreachable(IOException failure) {
    return new ProxyException("cannot reach the " + this + ": " + Http1Client.describe(failure));
  }

  /// The failure of a request for a tunnel, or of a plain request that it did not forward.
  public IOException rejected(int status) {
    return new ProxyException("the " + this + " returned " + status + meaning(status));
  }

  private static String meaning(int status) {
    if (status == 407) {
      return ": check the user and password in its URL";
    }
    if (status == 403 || status == 429 || status == 451) {
      return " to CONNECT: it does not allow this destination";
    }
    return status >= 500 && status != 501 && status != 505
        ? " to CONNECT: it cannot reach the destination"
        : " to CONNECT: it may not be a proxy for https://";
  }

  /// Without the credentials.
  @Override
  public String toString() {
    return "proxy http://" + host + ":" + port + " (" + variable + ")";
  }
}
