package dev.logshipper.sink.support;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The proxies of one sink, and the servers that are reached without them (see [ProxySettings]).
/// Immutable.
public final class Proxies {
  private final @Nullable HttpProxy own;
  private final @Nullable HttpProxy secure;
  private final @Nullable HttpProxy plain;
  private final String exempt;
  private final Http1Request.@Nullable Origin local;

  /// @param own has no exemptions
  /// @param secure for servers with TLS
  /// @param plain for others
  /// @param exempt the servers to reach without the last two, in the syntax of `NO_PROXY`
  Proxies(
      @Nullable HttpProxy own,
      @Nullable HttpProxy secure,
      @Nullable HttpProxy plain,
      String exempt) {
    this(own, secure, plain, exempt, null);
  }

  private Proxies(
      @Nullable HttpProxy own,
      @Nullable HttpProxy secure,
      @Nullable HttpProxy plain,
      String exempt,
      Http1Request.@Nullable Origin local) {
    this.own = own;
    this.secure = secure;
    this.plain = plain;
    this.exempt = exempt;
    this.local = local;
  }

  /// The same, but for one server that is never reached through a proxy, such as the local endpoint
  /// for credentials.
  public Proxies except(Http1Request.Origin server) {
    return new Proxies(own, secure, plain, exempt, server);
  }

  /// The proxy for requests to a server; null when they are sent directly.
  public @Nullable HttpProxy of(Http1Request.Origin server) {
    if (server.equals(local)) {
      return null;
    }
    if (own != null) {
      return own;
    }
    HttpProxy shared = server.secure() ? secure : plain;
    return shared == null || isExempt(server) ? null : shared;
  }

  private boolean isExempt(Http1Request.Origin server) {
    String host = withoutBrackets(server.host().toLowerCase(Locale.ROOT));
    InetAddress address = addressOf(host);
    if (host.equals("localhost") || isLocal(address)) {
      return true;
    }
    for (String entry : exempt.split(",", -1)) {
      if (matches(entry.strip().toLowerCase(Locale.ROOT), host, server.port(), address)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a proxy could not reach it, being another host.
  private static boolean isLocal(@Nullable InetAddress address) {
    return address != null && (address.isLoopbackAddress() || address.isLinkLocalAddress());
  }

  private static boolean matches(
      String entry, String host, int port, @Nullable InetAddress address) {
    if (entry.isEmpty()) {
      return false;
    }
    if (entry.equals("*")) {
      return true;
    }
    int slash = entry.indexOf('/');
    if (slash > 0) {
      InetAddress network = addressOf(entry.substring(0, slash));
      return address != null
          && network != null
          && isWithin(address, network, entry.substring(slash + 1));
    }
    String name = entry;
    int colon = entry.lastIndexOf(':');
    if (colon > 0 && addressOf(entry) == null) {
      if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      name = withoutBrackets(entry.substring(0, colon));
    }
    if (name.startsWith("*.")) {
      name = name.substring(1);
    }
    // A leading dot means subdomains only.
    return name.startsWith(".")
        ? host.endsWith(name)
        : host.equals(name) || (address == null && host.endsWith("." + name));
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

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /// The address if the text is a literal one; never looks up a name.
  private static @Nullable InetAddress addressOf(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// Without the credentials.
  @Override
  public String toString() {
    return own == null ? secure + ", " + plain : own.toString();
  }
}
