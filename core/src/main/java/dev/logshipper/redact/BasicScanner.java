package dev.logshipper.redact;

import java.util.Base64;

/// The credentials after `Basic` (RFC 7617), with or without the header's name. Without it, they
/// must be what the scheme defines: a user and a password, with a colon, in base64.
final class BasicScanner implements ValueScanner {
  private static final String SCHEME = "basic";
  private static final int BARE_CREDENTIALS_MAX = 1024;

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
    int end = start;
    while (text.isBase64(end) || text.isBase64Url(end)) {
      end++;
    }
    int padded = end;
    while (text.at(padded) == '=') {
      padded++;
    }
    boolean isBasic =
        end > start
            && (AuthorizationHeader.isBefore(text, at) || isUserAndPassword(text, start, end));
    return isBasic && text.found(start, padded);
  }

  private static boolean isUserAndPassword(Text text, int from, int to) {
    if (to - from > BARE_CREDENTIALS_MAX || (to - from) % 4 == 1) {
      return false;
    }
    byte[] base64 = new byte[to - from];
    for (int i = 0; i < base64.length; i++) {
      byte b = text.at(from + i);
      base64[i] = (byte) (b == '-' ? '+' : b == '_' ? '/' : b);
    }
    boolean hasColon = false;
    for (byte b : Base64.getDecoder().decode(base64)) {
      if (b >= 0 && b < ' ') {
        return false;
      }
      hasColon |= b == ':';
    }
    return hasColon;
  }
}
