package dev.logshipper.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;

/// JSON web tokens, signed (RFC 7515) or encrypted (RFC 7516): parts in base64url, the first of
/// which is an object that names an algorithm.
final class JwtScanner implements ValueScanner {
  private static final int PARTS_MIN = 3;
  private static final int PARTS_MAX = 5;
  private static final int HEADER_CHARS_MAX = 8192;

  /// The telling characters of `eyJ`, `eyA` and `ewo`, which are `{"`, `{ ` and a brace with a line
  /// end.
  @Override
  public String triggers() {
    return "JAw";
  }

  @Override
  public boolean find(Text text, int at) {
    int start = text.at(at) == 'w' ? at - 1 : at - 2;
    if (start < text.floor() || !isStart(text, start) || isInWord(text, start)) {
      return false;
    }
    int headerEnd = endOfPart(text, start);
    int end = headerEnd;
    int parts = 1;
    while (parts < PARTS_MAX && text.at(end) == '.') {
      int next = endOfPart(text, end + 1);
      if (next == end + 1 && parts >= PARTS_MIN) {
        break;
      }
      end = next;
      parts++;
    }
    return parts >= PARTS_MIN && isHeader(text, start, headerEnd) && text.found(start, end);
  }

  private static boolean isStart(Text text, int at) {
    byte second = text.at(at + 1);
    return text.at(at) == 'e' && (second == 'w' ? text.at(at + 2) == 'o' : second == 'y');
  }

  /// A letter in front of it may belong to an escape of a URL, as in `%20`.
  private static boolean isInWord(Text text, int at) {
    return text.isBase64Url(at - 1) && text.at(at - 3) != '%';
  }

  private static int endOfPart(Text text, int from) {
    int at = from;
    while (text.isBase64Url(at)) {
      at++;
    }
    return at;
  }

  private static boolean isHeader(Text text, int from, int to) {
    int length = to - from;
    if (length > HEADER_CHARS_MAX || length % 4 == 1) {
      return false;
    }
    byte[] base64 = new byte[length];
    System.arraycopy(text.bytes(), from, base64, 0, length);
    String header = new String(Base64.getUrlDecoder().decode(base64), ISO_8859_1);
    return header.contains("\"alg\"");
  }
}
