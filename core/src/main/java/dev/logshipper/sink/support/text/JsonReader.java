package dev.logshipper.sink.support.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/// A pull parser for JSON in UTF-8 bytes: no tree, no recursion, nothing retained.
///
/// It is as lenient as reading allows (control characters in strings, any text where a number may
/// stand), because a damaged record is better than a lost one. Nesting is bounded by the input's
/// length alone: [#skipValue] counts and does not recurse.
///
/// Not thread-safe.
public final class JsonReader {
  private static final int NUMBER_BYTES_MAX = 400;

  private final byte[] bytes;
  private final int end;
  private int position;

  /// Reads `bytes[from, to)`; the bytes are borrowed and not modified.
  public JsonReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    this.end = to;
  }

  /// Reads all of `bytes`.
  public JsonReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /// Index of the next byte to be read.
  public int position() {
    return position;
  }

  /// Whether only white space is left.
  public boolean atEnd() {
    skipSpace();
    return position >= end;
  }

  /// The first byte of the next value without reading it, or 0 at the end.
  public char peek() {
    skipSpace();
    return position < end ? (char) (bytes[position] & 0xff) : 0;
  }

  /// Reads one structural character.
  public void expect(char wanted) throws JsonException {
    if (peek() != wanted) {
      throw new JsonException("'" + wanted + "'", position);
    }
    position++;
  }

  /// Reads the character if it is next.
  public boolean accept(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    position++;
    return true;
  }

  /// Reads and decodes a string.
  public String string() throws JsonException {
    return new String(stringBytes(), UTF_8);
  }

  /// Reads and decodes a string; returns an empty text for a longer one.
  ///
  /// @param bytesMax maximum length of the string in the input, without quotes
  public String stringUpTo(int bytesMax) throws JsonException {
    peek();
    int start = position;
    expect('"');
    boolean _ = skipString(false);
    if (position - start - 2 > bytesMax) {
      return "";
    }
    position = start;
    return string();
  }

  /// Reads and decodes a string; skips any other value and returns an empty text.
  public String textOrEmpty() throws JsonException {
    if (peek() == '"') {
      return string();
    }
    skipValue();
    return "";
  }

  /// Reads a string and returns its text as UTF-8.
  public byte[] stringBytes() throws JsonException {
    expect('"');
    int start = position;
    int closing = JsonStrings.endOfPlainRun(bytes, start, end);
    if (closing < end && bytes[closing] == '"') {
      position = closing + 1;
      return Utf8.repairedCopy(bytes, start, closing);
    }
    boolean _ = skipString(false);
    return JsonStrings.unescape(bytes, start, position - 1);
  }

  /// Reads a string and returns whether it equals `ascii`; cheaper than decoding it.
  public boolean stringEquals(byte[] ascii) throws JsonException {
    int start = position;
    expect('"');
    int first = position;
    if (first + ascii.length < end && bytes[first + ascii.length] == '"') {
      int i = 0;
      while (i < ascii.length && bytes[first + i] == ascii[i]) {
        i++;
      }
      if (i == ascii.length) {
        position = first + ascii.length + 1;
        return true;
      }
    }
    position = start;
    return false;
  }

  /// Whether the next value is a number.
  public boolean isAtNumber() {
    char first = peek();
    return first == '-' || (first >= '0' && first <= '9');
  }

  /// Reads a number. More than a few hundred digits are not accepted: no double needs them.
  public double number() throws JsonException {
    peek();
    int start = position;
    position = endOfScalar(start);
    if (position - start > NUMBER_BYTES_MAX) {
      throw new JsonException("a number", start);
    }
    try {
      return Double.parseDouble(new String(bytes, start, position - start, UTF_8));
    } catch (NumberFormatException _) {
      throw new JsonException("a number", start);
    }
  }

  /// Enters the next object and moves to the value of the first member with one of the names.
  ///
  /// @return false when there is none; the position is then after the object
  public boolean find(byte[]... names) throws JsonException {
    expect('{');
    if (accept('}')) {
      return false;
    }
    do {
      boolean found = stringEqualsAny(names);
      if (!found) {
        skipValue();
      }
      expect(':');
      if (found) {
        return true;
      }
      skipValue();
    } while (accept(','));
    expect('}');
    return false;
  }

  private boolean stringEqualsAny(byte[][] texts) throws JsonException {
    for (byte[] text : texts) {
      if (stringEquals(text)) {
        return true;
      }
    }
    return false;
  }

  /// Reads a value of any kind and returns a copy of its text in the input.
  public byte[] valueBytes() throws JsonException {
    peek();
    int start = position;
    skipValue();
    return Utf8.repairedCopy(bytes, start, position);
  }

  /// Skips a value of any kind; its text is between the positions before and after.
  public void skipValue() throws JsonException {
    boolean _ = skipValue(null);
  }

  /// Skips a value of any kind and returns whether it is strict JSON, so that it may be embedded in
  /// other JSON.
  public boolean skipStrictly() throws JsonException {
    return skipValue(new JsonGrammar());
  }

  /// @param grammar checks the value; null if it need not be strict
  /// @return whether it is strict
  private boolean skipValue(@Nullable JsonGrammar grammar) throws JsonException {
    boolean strict = grammar != null;
    int depth = 0;
    do {
      char token = peek();
      int start = position++;
      boolean good = true;
      switch (token) {
        case '"' -> good = skipString(strict);
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case ',', ':' -> depth -= depth == 0 ? 1 : 0;
        default -> good = skipScalar(start, strict);
      }
      if (depth < 0) {
        throw new JsonException("a value", start);
      }
      if (grammar != null && strict) {
        strict = good && grammar.accept(token);
      }
    } while (depth > 0);
    return strict;
  }

  /// Moves to after the closing quote.
  ///
  /// @return whether the string is strict, if asked
  private boolean skipString(boolean strictly) throws JsonException {
    boolean strict = strictly;
    int at = endOfRun(position, strict);
    while (at < end && bytes[at] != '"') {
      boolean escape = bytes[at] == '\\';
      strict = strict && escape && JsonStrings.isEscape(bytes, at + 1, end);
      at = endOfRun(escape ? at + 2 : at + 1, strict);
    }
    if (at >= end) {
      throw new JsonException("a closing quote", end);
    }
    position = at + 1;
    return strict;
  }

  private int endOfRun(int from, boolean strict) {
    return strict
        ? JsonStrings.endOfStrictRun(bytes, from, end)
        : JsonStrings.endOfPlainRun(bytes, from, end);
  }

  /// Moves to after a word or a number.
  ///
  /// @return whether it is strict, if asked
  private boolean skipScalar(int start, boolean strictly) throws JsonException {
    position = endOfScalar(start);
    if (position == start) {
      throw new JsonException(peek() == 0 ? "more" : "a value", start);
    }
    return strictly && JsonGrammar.isScalar(bytes, start, position);
  }

  /// Index of the first byte from `from` on that can stand in no number or word, or the end.
  private int endOfScalar(int from) {
    int at = from;
    while (at < end && isScalar(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isScalar(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '-'
        || b == '+'
        || b == '.';
  }

  private void skipSpace() {
    while (position < end && isSpace(bytes[position])) {
      position++;
    }
  }

  private static boolean isSpace(byte b) {
    return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
  }
}
