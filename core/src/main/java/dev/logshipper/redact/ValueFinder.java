package dev.logshipper.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the values of several kinds in one pass: a byte that may belong to a value wakes the
/// scanners that asked for it.
final class ValueFinder {
  private static final byte NONE = 0;
  private static final byte TRIGGER = 1;
  private static final byte DIGIT = 2;
  private static final byte BACKSLASH = 3;

  private final byte[] classes = new byte[256];
  private final @Nullable Woken[] byTrigger = new Woken[256];
  private final @Nullable Woken[] byShape = new Woken[DigitRun.SHAPES];

  ValueFinder(Set<RedactionKind> kinds) {
    List<Woken> all = new ArrayList<>();
    for (RedactionKind kind : kinds) {
      all.add(new Woken(kind, kind.scanner(), null));
    }
    classes['\\'] = BACKSLASH;
    for (Woken woken : all) {
      addTriggers(woken);
      addShapes(woken);
    }
  }

  /// A scanner, and the next one with the same trigger.
  private record Woken(RedactionKind kind, ValueScanner scanner, @Nullable Woken next) {
    Woken before(@Nullable Woken other) {
      return new Woken(kind, scanner, other);
    }
  }

  private void addTriggers(Woken woken) {
    String triggers = woken.scanner().triggers();
    for (int i = 0; i < triggers.length(); i++) {
      char trigger = triggers.charAt(i);
      byTrigger[trigger] = woken.before(byTrigger[trigger]);
      classes[trigger] = TRIGGER;
    }
  }

  private void addShapes(Woken woken) {
    int shapes = woken.scanner().digitShapes();
    for (int shape = 0; shape < DigitRun.SHAPES; shape++) {
      if ((shape & shapes) != 0) {
        byShape[shape] = woken.before(byShape[shape]);
      }
    }
    for (char digit = '0'; digit <= '9' && shapes != 0; digit++) {
      classes[digit] = DIGIT;
    }
  }

  /// Adds the values in a text to `matches`.
  ///
  /// @param mayHaveEscapes false when they have been removed
  /// @return false when the text has escapes that hide something, and must be searched without them
  boolean find(Text text, Matches matches, boolean mayHaveEscapes) {
    byte[] bytes = text.bytes();
    byte[] known = classes;
    int length = text.length();
    int at = 0;
    while (at < length) {
      byte kind = known[bytes[at] & 0xff];
      if (kind == NONE) {
        at++;
      } else if (kind == TRIGGER) {
        at = isValue(byTrigger[bytes[at]], text, at, matches) ? text.floor() : at + 1;
      } else if (kind == DIGIT) {
        int end = at + 1;
        while (end < length && known[bytes[end] & 0xff] == DIGIT) {
          end++;
        }
        Woken woken = byShape[DigitRun.shape(text, at, end)];
        at = woken != null && isValue(woken, text, at, matches) ? text.floor() : end;
      } else {
        at = Escapes.endOfBackslashes(bytes, at, length);
        if (mayHaveEscapes && Escapes.isEscape(bytes, at, length)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isValue(@Nullable Woken first, Text text, int at, Matches matches) {
    for (Woken woken = first; woken != null; woken = woken.next()) {
      if (woken.scanner().find(text, at)) {
        String value = woken.scanner().canonical(text.part(text.start(), text.end()));
        matches.add(new Matches.Match(text.start(), text.end(), woken.kind(), value));
        text.raiseFloor(text.end());
        return true;
      }
    }
    return false;
  }
}
