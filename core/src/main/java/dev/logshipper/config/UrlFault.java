package dev.logshipper.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the part of an unusable URL that is wrong. Shows no part of the URL, which may contain
/// secrets anywhere; only a scheme that is nearly a known one. Loaded for an unusable URL only.
final class UrlFault {
  private static final int SCHEME_CHANGES_MAX = 2;
  private static final String SCHEME_END = "://";

  private final String text;
  private final List<String> schemes;
  private final boolean isSchemeOptional;

  private UrlFault(String text, List<String> schemes, boolean isSchemeOptional) {
    this.text = text;
    this.schemes = schemes;
    this.isSchemeOptional = isSchemeOptional;
  }

  /// The fault of the URL of a destination.
  ///
  /// @param text as the user wrote it
  static UnusableTextException ofDestination(String text) {
    return new UnusableTextException(new UrlFault(text, List.of("http", "https"), false).reason());
  }

  /// The fault of the URL of a proxy.
  ///
  /// @param text as the user wrote it
  static UnusableTextException ofProxy(String text) {
    return new UnusableTextException(new UrlFault(text, List.of("http"), true).reason());
  }

  private String reason() {
    String character = character();
    if (character != null) {
      return character;
    }
    String url = text.strip();
    int end = url.indexOf(SCHEME_END);
    String scheme = scheme(url, end);
    if (scheme != null) {
      return scheme;
    }
    int start = end < 0 ? 0 : end + SCHEME_END.length();
    return authority(url.substring(start, authorityEnd(url, start)));
  }

  /// A character that no URL contains, by its position in the variable.
  private @Nullable String character() {
    int first = text.length() - text.stripLeading().length();
    int end = text.stripTrailing().length();
    for (int i = first; i < end; i++) {
      char c = text.charAt(i);
      String name = Character.isWhitespace(c) || Character.isSpaceChar(c) ? "a space" : name(c, i);
      if (name != null) {
        return name + " at position " + (i + 1);
      }
    }
    return null;
  }

  private @Nullable String name(char c, int at) {
    boolean isFirst = at == text.length() - text.stripLeading().length();
    if (c == '"' || (c == '\'' && isFirst)) {
      return "a quotation mark";
    }
    if (c == '%') {
      return isHex(at + 1) && isHex(at + 2) ? null : "a % without two hexadecimal digits";
    }
    boolean isControl = c < 0x20 || c == 0x7f;
    return isControl || "<>\\^`{|}".indexOf(c) >= 0 ? "a character that must be escaped" : null;
  }

  private boolean isHex(int at) {
    return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
  }

  private @Nullable String scheme(String url, int end) {
    String accepted = String.join(" or ", schemes);
    if (end < 0) {
      String lower = url.toLowerCase(Locale.ROOT);
      boolean isSlashMissing = lower.startsWith("http:") || lower.startsWith("https:");
      if (isSlashMissing) {
        return "// is missing after the scheme";
      }
      return isSchemeOptional ? null : "no scheme";
    }
    String scheme = url.substring(0, end).toLowerCase(Locale.ROOT);
    if (schemes.contains(scheme)) {
      return null;
    }
    String nearest = NearestName.of(scheme, List.of("http", "https"), SCHEME_CHANGES_MAX);
    return nearest != null
        ? "the scheme is " + scheme + ", not " + accepted
        : "the scheme is not " + accepted;
  }

  private static int authorityEnd(String url, int start) {
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static String authority(String authority) {
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    if (hostAndPort.startsWith("[")) {
      int closing = hostAndPort.indexOf(']');
      return closing < 0 ? "a [ without its ]" : portOr(hostAndPort.substring(closing + 1));
    }
    int colon = hostAndPort.indexOf(':');
    if (hostAndPort.isEmpty() || colon == 0) {
      return "no host";
    }
    return colon >= 0 && hostAndPort.indexOf(':', colon + 1) >= 0
        ? "a host with colons, which needs brackets"
        : portOr(colon < 0 ? "" : hostAndPort.substring(colon));
  }

  private static String portOr(String colonAndPort) {
    if (colonAndPort.length() <= 1) {
      return "a host that is no name and no address";
    }
    for (int i = 1; i < colonAndPort.length(); i++) {
      if (colonAndPort.charAt(i) < '0' || colonAndPort.charAt(i) > '9') {
        return "a port that is no number";
      }
    }
    return Authority.isPort(colonAndPort.substring(1))
        ? "a host that is no name and no address"
        : "a port that is not from 1 to 65535";
  }
}
