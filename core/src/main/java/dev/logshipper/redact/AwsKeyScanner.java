package dev.logshipper.redact;

/// AWS credentials: access key ids by their form, secret access keys (40 characters of base64) and
/// session tokens after their name, as in `aws_secret_access_key=` or `"SecretAccessKey":"`.
final class AwsKeyScanner implements ValueScanner {
  private static final int KEY_ID_CHARS = 20;
  private static final int SECRET_CHARS = 40;
  private static final int TOKEN_CHARS_MIN = 64;
  private static final int SEPARATORS_MAX = 16;

  @Override
  public String triggers() {
    return "AkK";
  }

  @Override
  public boolean find(Text text, int at) {
    if (text.at(at) == 'A') {
      return findKeyId(text, at);
    }
    if (text.hasWord("key", at)) {
      return isSecretsName(text, at) && findSecret(text, value(text, at + 3));
    }
    // to-k-en
    return text.hasWord("ken", at)
        && isTokensName(text, at)
        && findToken(text, value(text, at + 3));
  }

  private static boolean findKeyId(Text text, int at) {
    byte second = text.at(at + 1);
    byte third = text.at(at + 2);
    byte fourth = text.at(at + 3);
    boolean isId =
        ((second == 'K' || second == 'S' || second == 'B') && third == 'I' && fourth == 'A')
            || (second == 'C' && third == 'C' && fourth == 'A');
    if (!isId || text.isLetterOrDigit(at - 1)) {
      return false;
    }
    int end = at;
    while (end - at <= KEY_ID_CHARS && text.isLetterOrDigit(end)) {
      end++;
    }
    boolean isUpper = true;
    for (int i = at; i < end; i++) {
      isUpper &= text.at(i) <= 'Z';
    }
    return end - at == KEY_ID_CHARS && isUpper && text.found(at, end);
  }

  /// `secret`, perhaps `access`, then `key` at the index, with or without separators.
  private static boolean isSecretsName(Text text, int key) {
    int at = beforeSeparator(text, key);
    if (text.hasWordBefore("access", at)) {
      at = beforeSeparator(text, at - "access".length());
    }
    return text.hasWordBefore("secret", at);
  }

  /// `session` or `security`, then `to` before the index.
  private static boolean isTokensName(Text text, int ken) {
    int at = beforeSeparator(text, ken - 2);
    return text.hasWordBefore("to", ken)
        && (text.hasWordBefore("session", at) || text.hasWordBefore("security", at));
  }

  private static int beforeSeparator(Text text, int at) {
    byte b = text.at(at - 1);
    return b == '_' || b == '-' || b == ' ' || b == '.' ? at - 1 : at;
  }

  /// Index of the value after a name.
  private static int value(Text text, int nameEnd) {
    int at = nameEnd;
    while (at - nameEnd < SEPARATORS_MAX && isSeparator(text.at(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSeparator(byte b) {
    return switch (b) {
      case ' ', '\t', '\n', ':', '=', '>', '"', '\'', '\\', '`', '[', ']', ',', '<' -> true;
      default -> false;
    };
  }

  private static boolean findSecret(Text text, int start) {
    int end = start;
    while (end - start <= SECRET_CHARS && text.isBase64(end)) {
      end++;
    }
    return end - start == SECRET_CHARS && text.at(end) != '=' && text.found(start, end);
  }

  private static boolean findToken(Text text, int start) {
    int end = start;
    while (text.isBase64(end) || text.at(end) == '=' || text.at(end) == '%') {
      end++;
    }
    return end - start >= TOKEN_CHARS_MIN && text.found(start, end);
  }
}
