package dev.logshipper.sink;

/// Steps through an object without decoding it and without exceptions: most texts that begin with a
/// brace are JSON, and the others cost no more.
final class JsonCursor {
  private final byte[] bytes;
  private int at;
  private boolean broken;

  JsonCursor(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return at;
  }

  boolean isBroken() {
    return broken;
  }

  /// The next byte that is no space; 0 at the end.
  byte peek() {
    while (at < bytes.length
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
    return at < bytes.length ? bytes[at] : 0;
  }

  /// Enters an object.
  ///
  /// @return false for an empty one, which is left
  boolean enter() {
    broken = !accept('{');
    return !broken && !accept('}');
  }

  /// Leaves an object.
  boolean leave() {
    return accept('}');
  }

  boolean colon() {
    return accept(':');
  }

  boolean comma() {
    return accept(',');
  }

  private boolean accept(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /// The start of the text of the next string.
  int stringStart() {
    return peek() == '"' ? at + 1 : at;
  }

  /// Skips the next string.
  ///
  /// @return the end of its text; -1 when there is none
  int stringEnd() {
    if (peek() != '"') {
      return -1;
    }
    int end = at + 1;
    while (end < bytes.length && bytes[end] != '"') {
      end += bytes[end] == '\\' ? 2 : 1;
    }
    at = Math.min(end + 1, bytes.length);
    return end < bytes.length ? end : -1;
  }

  /// Skips any value.
  ///
  /// @return false when there is none
  boolean skip() {
    int depth = 0;
    do {
      byte first = peek();
      if (first == '"') {
        if (stringEnd() < 0) {
          return false;
        }
      } else if (first == '{' || first == '[') {
        depth++;
        at++;
      } else if (first == '}' || first == ']') {
        depth--;
        at++;
      } else if (first == 0) {
        return false;
      } else if (!skipScalar()) {
        if (depth == 0) {
          return false;
        }
        at++;
      }
      if (depth < 0) {
        return false;
      }
    } while (depth > 0);
    return true;
  }

  private boolean skipScalar() {
    int start = at;
    while (at < bytes.length
        && (LevelNames.isLetter(bytes[at])
            || LevelNames.isDigit(bytes[at])
            || bytes[at] == '-'
            || bytes[at] == '+'
            || bytes[at] == '.')) {
      at++;
    }
    return at > start;
  }
}
