package dev.logshipper.config;

import java.net.IDN;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// User, host and port of a URL. [URI] itself knows no host with an underscore, as Docker Compose
/// forms them, or with letters other than ASCII's.
///
/// @param userInfo decoded; null when there is none
/// @param host a name in ASCII, or an address; IPv6 in brackets
/// @param port -1 when there is none
public record Authority(@Nullable String userInfo, String host, int port) {
  private static final int PORT_MAX = 65_535;

  /// The authority of a URL; null when there is none, or an unusable one.
  public static @Nullable Authority of(URI url) {
    Authority authority =
        url.getHost() == null
            ? lenient(url.getAuthority())
            : new Authority(url.getUserInfo(), url.getHost(), url.getPort());
    return authority == null || authority.port > PORT_MAX || authority.port == 0 ? null : authority;
  }

  /// The authority of a URL that a [Parser] has accepted.
  public static Authority require(URI url) {
    Authority authority = of(url);
    if (authority == null) {
      throw new IllegalArgumentException("a URL without a host");
    }
    return authority;
  }

  /// Whether a URL has the name of a user.
  public static boolean hasUser(URI url) {
    Authority authority = of(url);
    String user = authority == null ? null : authority.userInfo;
    return user != null && !user.isEmpty() && user.charAt(0) != ':';
  }

  /// The same URL without the dot that marks a name as complete, as in `http://localhost.:80/`: not
  /// every resolver looks up such a name, and no server expects it.
  public static URI withoutFinalDot(URI url) {
    String authority = url.getRawAuthority();
    if (authority == null || authority.indexOf('[') >= 0) {
      return url;
    }
    int start = authority.lastIndexOf('@') + 1;
    int colon = authority.indexOf(':', start);
    int dot = (colon < 0 ? authority.length() : colon) - 1;
    if (dot <= start || authority.charAt(dot) != '.') {
      return url;
    }
    String text = url.toString();
    int at = text.indexOf("//") + 2 + dot;
    return URI.create(text.substring(0, at) + text.substring(at + 1));
  }

  private static @Nullable Authority lenient(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int at = text.lastIndexOf('@');
    String userInfo = at < 0 ? null : text.substring(0, at);
    int colon = text.indexOf(':', at + 1);
    int port = colon < 0 || colon == text.length() - 1 ? -1 : number(text.substring(colon + 1));
    String host = ascii(text.substring(at + 1, colon < 0 ? text.length() : colon));
    return host.isEmpty() || port < -1 ? null : new Authority(userInfo, host, port);
  }

  /// The host in ASCII; empty when it cannot be one.
  private static String ascii(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c < 0x80 && !Character.isLetterOrDigit(c) && "-._".indexOf(c) < 0) {
        return "";
      }
    }
    try {
      return IDN.toASCII(host);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  /// Whether digits are a port's number.
  static boolean isPort(String digits) {
    int port = number(digits);
    return port > 0 && port <= PORT_MAX;
  }

  private static int number(String digits) {
    try {
      return Character.isDigit(digits.charAt(0)) ? Integer.parseInt(digits) : -2;
    } catch (NumberFormatException _) {
      return -2;
    }
  }
}
