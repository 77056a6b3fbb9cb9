package dev.logshipper.redact;

/// The token after `Bearer` (RFC 6750), with or without the header's name. Without it, a token has
/// digits or is long, so that "bearer of news" has none.
final class BearerScanner implements ValueScanner {
  private static final String SCHEME = "bearer";
  private static final int BARE_TOKEN_MIN = 8;
  private static final int LONG_TOKEN_MIN = 20;

  @Override
  public String triggers() {
    return "bB";
  }

  @Override
  public boolean find(Text text, int at) {
    int start = AuthorizationHeader.credentials(text, at, SCHEME);
    if (start < 0) {
      return false;
    }
    boolean hasDigit = false;
    int end = start;
    while (isToken(text, end)) {
      hasDigit |= text.isDigit(end);
      end++;
    }
    while (end > start && text.at(end - 1) == '.') {
      end--;
    }
    int length = end - start;
    boolean isToken =
        (length >= BARE_TOKEN_MIN && (hasDigit || length >= LONG_TOKEN_MIN))
            || (length > 0 && AuthorizationHeader.isBefore(text, at));
    return isToken && text.found(start, end);
  }

  private static boolean isToken(Text text, int at) {
    return switch (text.at(at)) {
      case '-', '.', '_', '~', '+', '/', '=', '%', '|' -> true;
      default -> text.isLetterOrDigit(at);
    };
  }
}
