package dev.logshipper.redact;

/// The surroundings of `Bearer` and `Basic`: the header's name in front of them, and the
/// credentials after them.
final class AuthorizationHeader {
  private static final int SEPARATORS_MAX = 8;

  private AuthorizationHeader() {}

  /// Whether the scheme at an index follows the name of a header, as in `Authorization: Bearer` and
  /// `"authorization":["Bearer`.
  static boolean isBefore(Text text, int scheme) {
    int at = scheme;
    while (scheme - at < SEPARATORS_MAX && isSeparator(text.at(at - 1))) {
      at--;
    }
    return at < scheme && text.hasWordBefore("authorization", at);
  }

  /// Index of the credentials after a scheme, or -1 when the scheme is not at an index, is the end
  /// of a longer word, or nothing separates it from credentials.
  ///
  /// @param name of the scheme
  static int credentials(Text text, int scheme, String name) {
    if (!text.hasWord(name, scheme) || text.isLetterOrDigit(scheme - 1)) {
      return -1;
    }
    int end = scheme + name.length();
    int at = text.hasWord("%20", end) ? end + 3 : end;
    while (at - end < SEPARATORS_MAX && isSeparator(text.at(at))) {
      at++;
    }
    return at > end ? at : -1;
  }

  private static boolean isSeparator(byte b) {
    return switch (b) {
      case ' ', '\t', ':', '=', '"', '\'', '\\', '>', '[' -> true;
      default -> false;
    };
  }
}
