package dev.logshipper.redact;

import java.io.ByteArrayOutputStream;

/// Replaces values in a text, or in the inside of a string.
final class TextRewriter {
  private static final int QUOTE_DISTANCE_MAX = 1024;

  private final byte[] bytes;
  private final Matches matches;
  private final Labels labels;
  private final ByteArrayOutputStream out;

  TextRewriter(byte[] bytes, Matches matches, Labels labels, ByteArrayOutputStream out) {
    this.bytes = bytes;
    this.matches = matches;
    this.labels = labels;
    this.out = out;
  }

  /// Writes `bytes[from, to)` with labels in place of the values from the given one on, as far as
  /// they lie there.
  ///
  /// @return index of the first value that ends behind the part
  int write(int from, int to, int firstMatch) {
    int written = from;
    int next = firstMatch;
    while (next < matches.size() && matches.get(next).start() < to) {
      Matches.Match match = matches.get(next);
      int start = Math.max(match.start(), from);
      int end = Math.min(match.end(), to);
      if (end > start) {
        out.write(bytes, written, start - written);
        writeLabel(match, from, to);
        written = end;
      }
      if (match.end() > to) {
        break;
      }
      next++;
    }
    out.write(bytes, written, to - written);
    return next;
  }

  /// In JSON within the text, a label in place of a number becomes a string.
  private void writeLabel(Matches.Match match, int from, int to) {
    int quoteEnd = isNumberInJson(match, from, to) ? quoteBefore(match.start(), from) : from;
    int quoteStart = quoteEnd;
    if (quoteEnd > from) {
      quoteStart--;
      while (quoteStart > from && bytes[quoteStart - 1] == '\\') {
        quoteStart--;
      }
    }
    out.write(bytes, quoteStart, quoteEnd - quoteStart);
    out.writeBytes(labels.label(match));
    out.write(bytes, quoteStart, quoteEnd - quoteStart);
  }

  private boolean isNumberInJson(Matches.Match match, int from, int to) {
    if (match.start() < from || match.end() > to) {
      return false;
    }
    for (int i = match.start(); i < match.end(); i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    int before = spaceStart(match.start(), from) - 1;
    int after = spaceEnd(match.end(), to);
    return before >= from
        && after < to
        && (isColonAfterName(before, from) || bytes[before] == '[' || bytes[before] == ',')
        && (bytes[after] == ',' || bytes[after] == '}' || bytes[after] == ']');
  }

  private boolean isColonAfterName(int colon, int from) {
    int name = bytes[colon] == ':' ? spaceStart(colon, from) - 1 : -1;
    return name >= from && bytes[name] == '"';
  }

  /// Index after the nearest quote before an index; `from` if there is none nearby.
  private int quoteBefore(int index, int from) {
    int limit = Math.max(from, index - QUOTE_DISTANCE_MAX);
    int at = index;
    while (at > limit && bytes[at - 1] != '"') {
      at--;
    }
    return at > limit ? at : from;
  }

  /// Index of the white space before an index, escaped line ends included.
  private int spaceStart(int index, int from) {
    int at = index;
    while (at > from) {
      byte b = bytes[at - 1];
      if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
        at--;
      } else if (at - 1 > from && isSpaceEscape(b) && bytes[at - 2] == '\\') {
        at -= 2;
        while (at > from && bytes[at - 1] == '\\') {
          at--;
        }
      } else {
        break;
      }
    }
    return at;
  }

  private int spaceEnd(int index, int to) {
    int at = index;
    while (at < to) {
      byte b = bytes[at];
      int escape = Escapes.endOfBackslashes(bytes, at, to);
      if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
        at++;
      } else if (escape > at && escape < to && isSpaceEscape(bytes[escape])) {
        at = escape + 1;
      } else {
        break;
      }
    }
    return at;
  }

  private static boolean isSpaceEscape(byte b) {
    return b == 'n' || b == 'r' || b == 't';
  }
}
