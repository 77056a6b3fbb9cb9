package dev.logshipper.redact;

import java.util.Locale;

/// Mail addresses, `%40` for `@` as in URLs included. The domain has a dot and ends in a name, so
/// that `lodash@4.17.21` and `root@localhost` are none.
final class EmailScanner implements ValueScanner {
  private static final String PERCENT = "%40";
  private static final String PUNYCODE = "xn--";

  @Override
  public String triggers() {
    return "@%";
  }

  @Override
  public boolean find(Text text, int at) {
    boolean isPercent = text.at(at) == '%';
    if (isPercent && !text.hasWord(PERCENT, at)) {
      return false;
    }
    int domain = isPercent ? at + PERCENT.length() : at + 1;
    int end = endOfDomain(text, domain);
    if (end == domain) {
      return false;
    }
    int start = startOfLocalPart(text, at);
    return start < at && text.found(start, end);
  }

  /// In lower case, with `@`.
  @Override
  public String canonical(String value) {
    return value.replace(PERCENT, "@").toLowerCase(Locale.ROOT);
  }

  /// Returns `from` when there is no domain.
  private static int endOfDomain(Text text, int from) {
    int end = from;
    int label = from;
    int at = from;
    boolean isName = true;
    int labels = 0;
    while (true) {
      byte b = text.at(at);
      if (b == '.' || !isLabel(text, at)) {
        if (at == label) {
          return end;
        }
        labels++;
        boolean isTopLevel = labels > 1 && isName && at - label >= 2;
        end = isTopLevel ? at : end;
        if (b != '.' || isImageScale(text, label, at, labels)) {
          return end;
        }
        label = at + 1;
        isName = true;
      } else {
        // Punycode, as in xn--p1ai, has digits and dashes.
        isName = isName && (text.isLetter(at) || b < 0 || text.hasWord(PUNYCODE, label));
      }
      at++;
    }
  }

  private static boolean isLabel(Text text, int at) {
    byte b = text.at(at);
    return text.isLetterOrDigit(at) || b == '-' || isForeignLetter(text, at);
  }

  /// Whether it is part of a letter of two bytes, as in most alphabets. Scripts without spaces have
  /// longer ones; there, an address ends where they begin.
  private static boolean isForeignLetter(Text text, int at) {
    int lead = text.at(at) & 0xff;
    if (lead >= 0x80 && lead < 0xc0) {
      lead = text.at(at - 1) & 0xff;
    }
    return lead >= 0xc3 && lead < 0xe0;
  }

  /// Whether it is as in `logo@2x.png`.
  private static boolean isImageScale(Text text, int from, int to, int labels) {
    return labels == 1 && to - from == 2 && text.isDigit(from) && text.at(from + 1) == 'x';
  }

  private static int startOfLocalPart(Text text, int at) {
    int start = at;
    while (start > text.floor() && isLocal(text, start - 1)) {
      start--;
    }
    while (start < at
        && !text.isLetterOrDigit(start)
        && text.at(start) >= 0
        && text.at(start) != '_') {
      start++;
    }
    return start;
  }

  private static boolean isLocal(Text text, int at) {
    return switch (text.at(at)) {
      case '.', '_', '%', '+', '-', '\'', '~' -> true;
      default -> text.isLetterOrDigit(at) || isForeignLetter(text, at);
    };
  }
}
