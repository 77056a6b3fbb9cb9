package dev.logshipper.sandbox.destination.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.TreeMap;

/// Parses `{name="value", ...}` by PromQL's rules: names of ASCII letters, digits and `_`, values
/// with Go's escapes. Labels without a value are omitted, as in Loki.
final class LabelParser {
  private static final char END = '\0';
  private static final String ESCAPED = "abfnrtv\\\"'";
  private static final String MEANT = "\u0007\b\f\n\r\t\u000b\\\"'";

  private final String text;
  private int at;

  private LabelParser(String text) {
    this.text = text;
  }

  static Labels parse(String text) throws LokiError {
    return new LabelParser(text).labels();
  }

  private Labels labels() throws LokiError {
    TreeMap<String, String> pairs = new TreeMap<>();
    Optional<String> repeated = Optional.empty();
    expect('{');
    while (peek() != '}') {
      String name = name();
      expect('=');
      if (pairs.put(name, value()) != null) {
        repeated = Optional.of(name);
      }
      if (peek() != '}') {
        expect(',');
      }
    }
    expect('}');
    if (peek() != END) {
      throw unexpected();
    }
    pairs.values().removeIf(String::isEmpty);
    return new Labels(pairs, repeated);
  }

  private String name() throws LokiError {
    char first = peek();
    int start = at;
    if (!isLetter(first)) {
      throw unexpected();
    }
    while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
      at++;
    }
    return text.substring(start, at);
  }

  private String value() throws LokiError {
    char quote = peek();
    if (quote != '"' && quote != '\'' && quote != '`') {
      throw unexpected();
    }
    at++;
    // Bytes, because an escape may name a part of a character.
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    while (current() != quote) {
      if (quote != '`' && current() == '\\') {
        escape(value);
      } else {
        value.writeBytes(character().getBytes(UTF_8));
      }
    }
    at++;
    return value.toString(UTF_8);
  }

  private String character() throws LokiError {
    if (at >= text.length() || current() == '\n') {
      throw malformed("unterminated quoted string");
    }
    int start = at;
    at = text.offsetByCodePoints(at, 1);
    return text.substring(start, at);
  }

  private void escape(ByteArrayOutputStream value) throws LokiError {
    at++;
    char kind = current();
    int simple = ESCAPED.indexOf(kind);
    switch (kind) {
      case 'x' -> value.write(number(1, 2, 16));
      case '0', '1', '2', '3' -> value.write(number(0, 3, 8));
      case 'u' -> value.writeBytes(Character.toString(number(1, 4, 16)).getBytes(UTF_8));
      case 'U' -> value.writeBytes(Character.toString(number(1, 8, 16)).getBytes(UTF_8));
      default -> {
        if (simple < 0) {
          throw malformed("unknown escape sequence");
        }
        value.write(MEANT.charAt(simple));
        at++;
      }
    }
  }

  private int number(int skipped, int digits, int radix) throws LokiError {
    int start = at + skipped;
    int end = Math.min(start + digits, text.length());
    at = end;
    try {
      int number = Integer.parseInt(text, start, end, radix);
      if (end - start == digits && Character.isValidCodePoint(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Reported below.
    }
    throw malformed("illegal character in escape sequence");
  }

  private void expect(char wanted) throws LokiError {
    if (peek() != wanted) {
      throw unexpected();
    }
    at++;
  }

  /// The next character that is not a space, [#END] after the last one.
  private char peek() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return current();
  }

  private char current() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private LokiError unexpected() {
    return malformed(
        at < text.length()
            ? "unexpected character inside braces: '" + text.charAt(at) + "'"
            : "unexpected end of input inside braces");
  }

  private LokiError malformed(String detail) {
    return new LokiError(400, "couldn't parse labels: 1:" + (at + 1) + ": parse error: " + detail);
  }
}
