package dev.logshipper.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds the values of several kinds in one pass: a byte that may belong to a value wakes the
/// scanners that asked for it.
final class ValueFinder {
  private static final byte NONE = 0;
  private static final byte TRIGGER = 1;
  private static final byte DIGIT = 2;
  private static final byte BACKSLASH = 3;

  private final byte[] classes = new byte[256];
  private final ValueScanner[][] scanners = new ValueScanner[256][];
  private final RedactionKind[][] kinds = new RedactionKind[256][];

  ValueFinder(Set<RedactionKind> wanted) {
    classes['\\'] = BACKSLASH;
    for (int b = 0; b < 256; b++) {
      List<RedactionKind> woken = new ArrayList<>();
      List<ValueScanner> wokenScanners = new ArrayList<>();
      for (RedactionKind kind : wanted) {
        ValueScanner scanner = kind.scanner();
        if (scanner.triggers().indexOf(b) >= 0) {
          woken.add(kind);
          wokenScanners.add(scanner);
        }
      }
      scanners[b] = wokenScanners.toArray(new ValueScanner[0]);
      kinds[b] = woken.toArray(new RedactionKind[0]);
      if (!woken.isEmpty()) {
        classes[b] = b >= '0' && b <= '9' ? DIGIT : TRIGGER;
      }
    }
  }

  /// Adds the values in a text to `matches`.
  ///
  /// @param mayHaveEscapes false when they have been removed
  /// @return false when the text has escapes that hide something, and must be scanned without them
  boolean find(Text text, Matches matches, boolean mayHaveEscapes) {
    byte[] bytes = text.bytes();
    int length = text.length();
    int at = 0;
    while (at < length) {
      byte kind = classes[bytes[at] & 0xff];
      if (kind == NONE) {
        at++;
      } else if (kind == BACKSLASH) {
        at = Escapes.endOfBackslashes(bytes, at, length);
        if (mayHaveEscapes && Escapes.isEscape(bytes, at, length)) {
          return false;
        }
      } else if (isValue(text, at, matches)) {
        at = text.floor();
      } else {
        at = kind == DIGIT ? text.endOfDigits(at) : at + 1;
      }
    }
    return true;
  }

  private boolean isValue(Text text, int at, Matches matches) {
    int trigger = text.at(at) & 0xff;
    ValueScanner[] woken = scanners[trigger];
    for (int i = 0; i < woken.length; i++) {
      if (woken[i].find(text, at)) {
        String value = woken[i].canonical(text.part(text.start(), text.end()));
        matches.add(new Matches.Match(text.start(), text.end(), kinds[trigger][i], value));
        text.raiseFloor(text.end());
        return true;
      }
    }
    return false;
  }
}
