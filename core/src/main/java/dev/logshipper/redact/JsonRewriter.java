package dev.logshipper.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import java.io.ByteArrayOutputStream;
import java.util.Set;

/// Replaces values in JSON so that it stays JSON: within strings, and whole numbers and words by
/// strings. All other bytes stay as they are. A value that reaches over several tokens is replaced
/// in those that are no names.
final class JsonRewriter {
  /// The members of the platform's reports that the function chooses.
  private static final Set<String> CHOSEN_BY_FUNCTION =
      Set.of("tenantId", "errorType", "errorMessage");

  private final byte[] bytes;
  private final int length;
  private final Matches matches;
  private final Labels labels;
  private final ByteArrayOutputStream out;
  private final TextRewriter strings;
  private final boolean isPlatform;
  private String name = "";
  private int next;

  /// @param isPlatform whether it is a report of the platform, in which little may be replaced
  JsonRewriter(
      byte[] bytes,
      int length,
      Matches matches,
      Labels labels,
      boolean isPlatform,
      ByteArrayOutputStream out) {
    this.bytes = bytes;
    this.length = length;
    this.matches = matches;
    this.labels = labels;
    this.isPlatform = isPlatform;
    this.out = out;
    this.strings = new TextRewriter(bytes, matches, labels, out);
  }

  /// Whether `bytes[0, length)` is one value of strict JSON.
  static boolean isJson(byte[] bytes, int length) {
    JsonReader reader = new JsonReader(bytes, 0, length);
    try {
      return reader.skipStrictly() && reader.atEnd();
    } catch (JsonException _) {
      return false;
    }
  }

  /// Whether `bytes[0, length)`, the text of a line, is an object or an array.
  static boolean isObjectOrArray(byte[] bytes, int length) {
    char first = new JsonReader(bytes, 0, length).peek();
    return (first == '{' || first == '[') && isJson(bytes, length);
  }

  /// Writes all of it; it must be strict JSON.
  void write() {
    int at = 0;
    while (at < length) {
      byte b = bytes[at];
      int end = b == '"' ? endOfString(at) : isScalar(b) ? endOfScalar(at) : at + 1;
      skipMatchesBefore(at);
      if (b == '"') {
        writeString(at, end);
      } else if (isScalar(b)) {
        writeScalar(at, end);
      } else {
        out.write(b);
      }
      at = end;
    }
  }

  private void skipMatchesBefore(int index) {
    while (next < matches.size() && matches.get(next).end() <= index) {
      next++;
    }
  }

  private void writeString(int from, int to) {
    boolean isName = isName(to);
    if (isName && isPlatform) {
      name = new String(bytes, from + 1, to - from - 2, UTF_8);
    }
    boolean isUntouched = isName ? isPlatform || reachesOut(from, to) : !mayReplace();
    if (isUntouched) {
      out.write(bytes, from, to - from);
    } else {
      out.write('"');
      next = strings.write(from + 1, to - 1, next);
      out.write('"');
    }
  }

  /// Whether the next value that touches a name reaches beyond it.
  private boolean reachesOut(int from, int to) {
    if (next == matches.size()) {
      return true;
    }
    Matches.Match match = matches.get(next);
    return match.start() <= from || match.end() >= to;
  }

  private void writeScalar(int from, int to) {
    boolean isTouched = next < matches.size() && matches.get(next).start() < to;
    if (isTouched && mayReplace()) {
      out.write('"');
      out.writeBytes(labels.label(matches.get(next)));
      out.write('"');
    } else {
      out.write(bytes, from, to - from);
    }
  }

  private boolean mayReplace() {
    return !isPlatform || CHOSEN_BY_FUNCTION.contains(name);
  }

  private boolean isName(int afterString) {
    int at = afterString;
    while (at < length && isSpace(bytes[at])) {
      at++;
    }
    return at < length && bytes[at] == ':';
  }

  /// Index after the closing quote.
  private int endOfString(int from) {
    int at = from + 1;
    while (bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private int endOfScalar(int from) {
    int at = from;
    while (at < length && isScalar(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isScalar(byte b) {
    return !isSpace(b)
        && switch (b) {
          case '"', '{', '}', '[', ']', ',', ':' -> false;
          default -> true;
        };
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
