package dev.logshipper.select;

import dev.logshipper.select.CharacterReader.Unfamiliar;

/// Derives the shape of the matches from an expression that RE2/J has accepted. Where the syntax is
/// unusual, nothing is known of the expression.
final class ShapeReader {
  private static final int DEPTH_MAX = 100;
  private static final int NUMBER_CHARS_MAX = 4;

  private final CharacterReader in;
  private int depth;

  private ShapeReader(String expression) {
    this.in = new CharacterReader(expression);
  }

  static MatchShape read(String expression) {
    ShapeReader reader = new ShapeReader(expression);
    try {
      MatchShape shape = reader.alternatives();
      return reader.in.hasMore() ? MatchShape.UNKNOWN : shape;
    } catch (Unfamiliar _) {
      return MatchShape.UNKNOWN;
    }
  }

  /// Whether RE2/J would not stop compiling an expression, which need not be valid.
  static boolean foldsRareScript(String expression) {
    ShapeReader reader = new ShapeReader(expression);
    try {
      MatchShape _ = reader.alternatives();
      return reader.in.foldsRareScript()
          || (reader.in.hasMore() && CharacterReader.mayFoldRareScript(expression));
    } catch (Unfamiliar _) {
      return CharacterReader.mayFoldRareScript(expression);
    }
  }

  private MatchShape alternatives() {
    MatchShape all = sequence();
    while (in.accept("|")) {
      all = all.or(sequence());
    }
    return all;
  }

  private MatchShape sequence() {
    MatchShape sequence = MatchShape.EMPTY;
    while (in.hasMore() && !in.isAt("|") && !in.isAt(")")) {
      sequence = sequence.then(repetition(part()));
    }
    return sequence;
  }

  private MatchShape repetition(MatchShape part) {
    MatchShape repeated = part;
    if (in.accept("*")) {
      repeated = part.repeated(0, -1);
    } else if (in.accept("+")) {
      repeated = part.repeated(1, -1);
    } else if (in.accept("?")) {
      repeated = part.repeated(0, 1);
    } else if (in.accept("{")) {
      repeated = counted(part);
    } else {
      return part;
    }
    in.accept("?");
    return repeated;
  }

  /// `{3}`, `{3,}` or `{3,5}`; any other brace is a character.
  private MatchShape counted(MatchShape part) {
    String count = in.upTo('}');
    int comma = count.indexOf(',');
    boolean isOpen = comma >= 0 && comma == count.length() - 1;
    int min = number(comma < 0 ? count : count.substring(0, comma));
    int max = comma < 0 || isOpen ? min : number(count.substring(comma + 1));
    if (min < 0 || max < min) {
      throw new Unfamiliar();
    }
    return part.repeated(min, isOpen ? -1 : max);
  }

  private static int number(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return -1;
      }
    }
    return digits.isEmpty() || digits.length() > NUMBER_CHARS_MAX ? -1 : Integer.parseInt(digits);
  }

  private MatchShape part() {
    int c = in.next();
    return switch (c) {
      case '^', '$' -> MatchShape.EMPTY;
      case '.' -> MatchShape.UNKNOWN;
      case '(' -> group();
      case '[' -> in.bracketed();
      case '\\' -> escapedPart();
      case '*', '+', '?', '{' -> throw new Unfamiliar();
      default -> in.character(c);
    };
  }

  private MatchShape group() {
    boolean outer = in.foldsCase();
    if (++depth > DEPTH_MAX) {
      throw new Unfamiliar();
    }
    if (in.accept("?P<") || in.accept("?<")) {
      in.upTo('>');
    } else if (in.accept("?") && flags()) {
      depth--;
      return MatchShape.EMPTY;
    }
    MatchShape inner = alternatives();
    if (!in.accept(")")) {
      throw new Unfamiliar();
    }
    depth--;
    in.foldCase(outer);
    return inner;
  }

  /// Reads `i-s)` or `i-s:`.
  ///
  /// @return whether they have no group of their own, but apply to the rest of the outer one
  private boolean flags() {
    boolean isOn = true;
    while (true) {
      switch (in.next()) {
        case ')' -> {
          return true;
        }
        case ':' -> {
          return false;
        }
        case '-' -> isOn = false;
        case 'i' -> in.foldCase(isOn);
        case 's', 'm', 'U' -> {
          // Concern neither the characters nor their number.
        }
        default -> throw new Unfamiliar();
      }
    }
  }

  private MatchShape escapedPart() {
    boolean isEmpty = in.accept("A") || in.accept("z") || in.accept("b") || in.accept("B");
    return isEmpty ? MatchShape.EMPTY : in.escaped();
  }
}
