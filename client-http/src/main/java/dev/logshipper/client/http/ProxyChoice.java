package dev.logshipper.client.http;

import dev.logshipper.config.Authority;
import dev.logshipper.config.Parser;
import dev.logshipper.config.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/// The proxy for the endpoint, if any. `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are read as Go
/// programs read them, because the extension that this one replaces is written in Go. Immutable.
///
/// @param authorization value of the `Proxy-Authorization` header, or null
record ProxyChoice(Proxy proxy, @Nullable String authorization) {
  private static final ProxyChoice NONE = new ProxyChoice(Proxy.NO_PROXY, null);
  private static final int PORT_DEFAULT = 80;

  /// Accepts `http://host:port` and `host:port`.
  static Parser<URI> parser() {
    return Parser.of("an http:// URL of a proxy", ProxyChoice::parse);
  }

  static ProxyChoice of(Settings settings, ConnectionSettings connection, HttpUrl endpoint) {
    Optional<URI> own = settings.find(connection.proxy());
    if (own.isPresent()) {
      return through(own.get());
    }
    Optional<URI> shared =
        settings.find(
            endpoint.isHttps() ? ConnectionSettings.HTTPS_PROXY : ConnectionSettings.HTTP_PROXY);
    if (shared.isEmpty() || isExempt(settings, endpoint)) {
      return NONE;
    }
    return through(shared.get());
  }

  private static ProxyChoice through(URI uri) {
    Authority authority = Authority.require(uri);
    int port = authority.port() < 0 ? PORT_DEFAULT : authority.port();
    Proxy proxy =
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(authority.host(), port));
    String user = authority.userInfo();
    if (user == null) {
      return new ProxyChoice(proxy, null);
    }
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    String password = colon < 0 ? "" : user.substring(colon + 1);
    return new ProxyChoice(proxy, Credentials.basic(name, password));
  }

  private static @Nullable URI parse(String text) {
    String trimmed = text.strip();
    try {
      URI uri = new URI(trimmed.contains("://") ? trimmed : "http://" + trimmed);
      boolean usable = "http".equalsIgnoreCase(uri.getScheme()) && Authority.of(uri) != null;
      return usable ? uri : null;
    } catch (URISyntaxException _) {
      return null;
    }
  }

  private static boolean isExempt(Settings settings, HttpUrl endpoint) {
    String host = endpoint.host();
    Optional<InetAddress> address = addressOf(host);
    if (host.equals("localhost") || address.filter(InetAddress::isLoopbackAddress).isPresent()) {
      return true;
    }
    for (String entry : settings.find(ConnectionSettings.NO_PROXY).orElse("").split(",", -1)) {
      if (matches(entry.strip().toLowerCase(Locale.ROOT), host, endpoint.port(), address)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(
      String entry, String host, int port, Optional<InetAddress> address) {
    if (entry.isEmpty()) {
      return false;
    }
    if (entry.equals("*")) {
      return true;
    }
    int slash = entry.indexOf('/');
    if (slash > 0) {
      Optional<InetAddress> network = addressOf(entry.substring(0, slash));
      return address.isPresent()
          && network.isPresent()
          && isWithin(address.get(), network.get(), entry.substring(slash + 1));
    }
    String name = entry;
    int colon = entry.lastIndexOf(':');
    if (colon > 0 && addressOf(entry).isEmpty()) {
      if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      name = entry.substring(0, colon);
    }
    if (name.startsWith("*.")) {
      name = name.substring(1);
    }
    // A leading dot means subdomains only.
    return name.startsWith(".")
        ? host.endsWith(name)
        : host.equals(name) || (address.isEmpty() && host.endsWith("." + name));
  }

  private static boolean isWithin(InetAddress address, InetAddress network, String prefixLength) {
    byte[] a = address.getAddress();
    byte[] b = network.getAddress();
    int bits = length(prefixLength);
    if (a.length != b.length || bits < 0 || bits > a.length * 8) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      if (((a[i / 8] ^ b[i / 8]) >> (7 - i % 8) & 1) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int length(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /// The address if the text is a literal one; never looks up a name.
  private static Optional<InetAddress> addressOf(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Without the credentials.
  @Override
  public String toString() {
    return proxy.toString();
  }
}
