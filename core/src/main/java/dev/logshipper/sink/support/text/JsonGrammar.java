package dev.logshipper.sink.support.text;

import java.util.BitSet;

/// Finds values that are JSON to the letter (RFC 8259). [JsonReader] accepts more than that; a
/// value that is embedded in other JSON must be strict, or it would spoil its neighbours.
///
/// Keeps one bit for each level of nesting and does not recurse. It does not check UTF-8.
final class JsonGrammar {
  /// No such value.
  static final int NONE = -1;

  private static final int END = -1;

  private final byte[] bytes;
  private final int end;
  private int at;
  private final BitSet objects = new BitSet();
  private int depth;

  private JsonGrammar(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /// Index after the value that begins at `bytes[from]`, or [#NONE] when there is no such value.
  static int endOfValue(byte[] bytes, int from, int end) {
    JsonGrammar grammar = new JsonGrammar(bytes, from, end);
    return grammar.value() ? grammar.at : NONE;
  }

  private boolean value() {
    boolean good = true;
    boolean isAtValue = true;
    while (good && isAtValue) {
      int c = peek();
      if (c == '{' || c == '[') {
        at++;
        objects.set(depth++, c == '{');
        isAtValue = !accept(closing());
        good = !isAtValue || isAtElement();
        depth -= isAtValue ? 0 : 1;
      } else {
        good = c == '"' ? string() : scalar();
        isAtValue = false;
      }
      if (good && !isAtValue) {
        while (depth > 0 && accept(closing())) {
          depth--;
        }
        isAtValue = depth > 0;
        good = !isAtValue || (accept(',') && isAtElement());
      }
    }
    return good;
  }

  /// Whether an element of the innermost array or object may begin here; moves to its value.
  private boolean isAtElement() {
    return !objects.get(depth - 1) || (peek() == '"' && string() && accept(':'));
  }

  private char closing() {
    return objects.get(depth - 1) ? '}' : ']';
  }

  private boolean string() {
    at++;
    while (at < end) {
      at = endOfPlainRun(bytes, at, end);
      if (at == end || (bytes[at] >= 0 && bytes[at] < ' ')) {
        return false;
      }
      if (bytes[at++] == '"') {
        return true;
      }
      if (!escape()) {
        return false;
      }
    }
    return false;
  }

  /// Index of the first quote, backslash or control character from `from` on, or `end`.
  private static int endOfPlainRun(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] >= ' ' || bytes[i] < 0)) {
      i++;
    }
    return i;
  }

  private boolean escape() {
    int c = at < end ? bytes[at++] : END;
    return switch (c) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
      case 'u' -> {
        int digits = 0;
        while (digits < 4 && at < end && Character.digit(bytes[at], 16) >= 0) {
          at++;
          digits++;
        }
        yield digits == 4;
      }
      default -> false;
    };
  }

  private boolean scalar() {
    int c = at < end ? bytes[at] : END;
    return switch (c) {
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean word(String word) {
    int start = at;
    while (at < end && at - start < word.length() && bytes[at] == word.charAt(at - start)) {
      at++;
    }
    return at - start == word.length();
  }

  private boolean number() {
    take('-');
    boolean leadsWithZero = at < end && bytes[at] == '0';
    int digits = digits();
    boolean good = digits > 0 && !(leadsWithZero && digits > 1);
    if (good && take('.')) {
      good = digits() > 0;
    }
    if (good && (take('e') || take('E'))) {
      if (!take('+')) {
        take('-');
      }
      good = digits() > 0;
    }
    return good;
  }

  private int digits() {
    int start = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at - start;
  }

  private boolean take(char c) {
    boolean isNext = at < end && bytes[at] == c;
    at += isNext ? 1 : 0;
    return isNext;
  }

  private boolean accept(char c) {
    peek();
    return take(c);
  }

  /// The next byte that is not white space.
  private int peek() {
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
    return at < end ? bytes[at] : END;
  }
}
