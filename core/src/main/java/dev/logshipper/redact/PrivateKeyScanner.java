package dev.logshipper.redact;

/// Private keys in PEM (RFC 7468), OpenSSH's and PGP's form, from `-----BEGIN` to the end of the
/// line `-----END …`. A key without an end reaches to the end of the text.
final class PrivateKeyScanner implements ValueScanner {
  static final String BEGIN = "-----begin ";
  static final String END = "-----end ";
  private static final String DASHES = "-----";
  private static final int LABEL_CHARS_MAX = 40;

  @Override
  public String triggers() {
    return "-";
  }

  @Override
  public boolean find(Text text, int at) {
    if (text.at(at + 1) != '-' || !text.hasWord(BEGIN, at)) {
      return false;
    }
    int body = endOfLabel(text, at + BEGIN.length());
    return body > 0 && text.found(at, endOfKey(text, body));
  }

  /// Index after the label and its dashes; -1 when it names no private key.
  private static int endOfLabel(Text text, int from) {
    boolean isPrivate = false;
    for (int at = from; at - from <= LABEL_CHARS_MAX; at++) {
      if (text.at(at) == '-') {
        return isPrivate && text.hasWord(DASHES, at) ? at + DASHES.length() : -1;
      }
      isPrivate |= text.hasWord("private key", at);
    }
    return -1;
  }

  private static int endOfKey(Text text, int from) {
    for (int at = from; at < text.length(); at++) {
      if (text.at(at) == '-' && text.hasWord(END, at)) {
        return endOfDashes(text, at + END.length());
      }
    }
    return text.length();
  }

  private static int endOfDashes(Text text, int label) {
    int at = label;
    while (at < text.length() && at - label <= LABEL_CHARS_MAX && text.at(at) != '-') {
      at++;
    }
    while (text.at(at) == '-') {
      at++;
    }
    return at;
  }
}
