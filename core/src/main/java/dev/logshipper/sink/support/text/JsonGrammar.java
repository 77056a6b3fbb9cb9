package dev.logshipper.sink.support.text;

import java.util.BitSet;

/// Checks that a value's tokens, which [JsonReader] finds, are JSON to the letter (RFC 8259). The
/// reader accepts more than that; a value that is embedded in other JSON must be strict, or it
/// would spoil its neighbours.
///
/// Keeps one bit for each level of nesting and does not recurse. It does not check UTF-8.
final class JsonGrammar {
  private static final int VALUE = 1;
  private static final int NAME = 2;
  private static final int COLON = 4;
  private static final int COMMA = 8;
  private static final int CLOSING = 16;

  /// Bit N is set when level N, one of those around the innermost, is an object.
  private final BitSet objects = new BitSet();

  private int depth;
  private boolean inObject;
  private int allowed = VALUE;

  /// Moves on by one token of a value that has been strict so far.
  ///
  /// @param token its first character; any for a scalar
  /// @return whether it may stand here
  boolean accept(char token) {
    return switch (token) {
      case '{', '[' -> {
        objects.set(depth++, inObject);
        inObject = token == '{';
        yield accept(VALUE, inObject ? NAME | CLOSING : VALUE | CLOSING);
      }
      case '}', ']' -> {
        boolean matches = inObject == (token == '}');
        inObject = objects.get(--depth);
        yield matches && accept(CLOSING, COMMA | CLOSING);
      }
      case ',' -> accept(COMMA, inObject ? NAME : VALUE);
      case ':' -> accept(COLON, VALUE);
      case '"' -> (allowed & NAME) != 0 ? accept(NAME, COLON) : accept(VALUE, COMMA | CLOSING);
      default -> accept(VALUE, COMMA | CLOSING);
    };
  }

  private boolean accept(int kind, int next) {
    boolean good = (allowed & kind) != 0;
    allowed = next;
    return good;
  }

  /// Whether `bytes[from, to)`, which is not empty, is `true`, `false`, `null` or a number.
  static boolean isScalar(byte[] bytes, int from, int to) {
    return switch (bytes[from]) {
      case 't' -> isWord("true", bytes, from, to);
      case 'f' -> isWord("false", bytes, from, to);
      case 'n' -> isWord("null", bytes, from, to);
      default -> isNumber(bytes, from, to);
    };
  }

  private static boolean isWord(String word, byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && at - from < word.length() && bytes[at] == word.charAt(at - from)) {
      at++;
    }
    return at == to && to - from == word.length();
  }

  private static boolean isNumber(byte[] bytes, int from, int to) {
    int first = bytes[from] == '-' ? from + 1 : from;
    int at = endOfDigits(bytes, first, to);
    boolean good = at == first + 1 || (at > first && bytes[first] != '0');
    if (at < to && bytes[at] == '.') {
      int fraction = at + 1;
      at = endOfDigits(bytes, fraction, to);
      good &= at > fraction;
    }
    if (at < to && (bytes[at] == 'e' || bytes[at] == 'E')) {
      boolean signed = at + 1 < to && (bytes[at + 1] == '+' || bytes[at + 1] == '-');
      int exponent = signed ? at + 2 : at + 1;
      at = endOfDigits(bytes, exponent, to);
      good &= at > exponent;
    }
    return good && at == to;
  }

  private static int endOfDigits(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }
}
