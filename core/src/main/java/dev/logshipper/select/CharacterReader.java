package dev.logshipper.select;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the characters, escapes and classes of an expression that RE2/J has accepted.
final class CharacterReader {
  private static final int REPLACEMENT = 0xfffd;

  /// The letters that match one other than ASCII's in any case, and that one.
  private static final String KELVIN = "\u212a";

  private static final String LONG_S = "\u017f";

  /// The last letter of Latin, Greek and Cyrillic, whose case RE2/J may be asked to ignore. It was
  /// seen not to finish with letters of rarer scripts.
  private static final int FOLDED_LAST = 0x52f;

  private static final String NAMED_CLASSES = "dswDSW";

  private final String expression;
  private int at;
  private boolean foldsCase;
  private boolean foldsRareScript;

  /// The syntax is not known here.
  static final class Unfamiliar extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfamiliar() {
      super(null, null, false, false);
    }
  }

  CharacterReader(String expression) {
    this.expression = expression;
  }

  boolean foldsCase() {
    return foldsCase;
  }

  /// Sets whether the case of letters makes no difference from here on.
  void foldCase(boolean folds) {
    foldsCase = folds;
  }

  /// Whether RE2/J must not compile the expression read so far.
  boolean foldsRareScript() {
    return foldsRareScript;
  }

  boolean hasMore() {
    return at < expression.length();
  }

  boolean isAt(String text) {
    return expression.startsWith(text, at);
  }

  boolean accept(String text) {
    boolean isThere = isAt(text);
    at += isThere ? text.length() : 0;
    return isThere;
  }

  int next() {
    if (!hasMore()) {
      throw new Unfamiliar();
    }
    int c = expression.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  /// Reads up to the next `end`, and skips that.
  String upTo(char end) {
    int index = expression.indexOf(end, at);
    if (index < 0) {
      throw new Unfamiliar();
    }
    String text = expression.substring(at, index);
    at = index + 1;
    return text;
  }

  /// Matches of a character.
  MatchShape character(int c) {
    notice(c);
    if (c >= 0x80) {
      boolean isUnclear = foldsCase || c == REPLACEMENT || (c >= 0xd800 && c < 0xe000);
      return isUnclear ? MatchShape.UNKNOWN : MatchShape.whole(bytes(Character.toString(c)));
    }
    BitSet cases = new BitSet();
    add(c, c, cases);
    Sequences ascii = Sequences.of(List.of(cases));
    Sequences other = foldsCase ? otherThanAscii(c | 0x20) : null;
    Sequences both = other == null ? ascii : ascii.or(other);
    return both == null ? MatchShape.UNKNOWN : MatchShape.whole(both);
  }

  private void notice(int high) {
    foldsRareScript |= foldsCase && high > FOLDED_LAST;
  }

  /// Whether an expression of which the syntax is not known may contain such a character.
  static boolean mayFoldRareScript(String expression) {
    boolean mayFold = expression.contains("(?") && expression.contains("i");
    return mayFold
        && (expression.contains("\\x{") || expression.chars().anyMatch(c -> c > FOLDED_LAST));
  }

  private static @Nullable Sequences otherThanAscii(int lowerCase) {
    return switch (lowerCase) {
      case 'k' -> bytes(KELVIN);
      case 's' -> bytes(LONG_S);
      default -> null;
    };
  }

  private static Sequences bytes(String text) {
    List<BitSet> positions = new ArrayList<>();
    for (byte b : text.getBytes(UTF_8)) {
      BitSet only = new BitSet();
      only.set(b & 0xff);
      positions.add(only);
    }
    return Sequences.of(positions);
  }

  /// Matches of the escape after a backslash.
  MatchShape escaped() {
    if (isAt("p") || isAt("P")) {
      at++;
      if (next() == '{') {
        upTo('}');
      }
      return MatchShape.UNKNOWN;
    }
    if (!isAtNamedClass()) {
      return character(escape());
    }
    BitSet ascii = new BitSet();
    return named(ascii) ? MatchShape.UNKNOWN : ofClass(ascii);
  }

  /// Matches of a class, after its `[`.
  MatchShape bracketed() {
    boolean isUnclear = accept("^");
    BitSet ascii = new BitSet();
    boolean isFirst = true;
    while (isFirst || !isAt("]")) {
      isFirst = false;
      if (isAt("[:") || isAt("\\p") || isAt("\\P")) {
        throw new Unfamiliar();
      }
      boolean isEscape = accept("\\");
      if (isEscape && isAtNamedClass()) {
        isUnclear |= named(ascii);
        continue;
      }
      int low = isEscape ? escape() : next();
      int high = low;
      if (isAt("-") && !isAt("-]")) {
        at++;
        high = accept("\\") ? escape() : next();
      }
      notice(high);
      isUnclear |= high >= 0x80;
      add(low, Math.min(high, 0x7f), ascii);
    }
    at++;
    return isUnclear ? MatchShape.UNKNOWN : ofClass(ascii);
  }

  /// Matches of one of some characters of ASCII.
  private MatchShape ofClass(BitSet ascii) {
    boolean hasOthers =
        foldsCase && (ascii.get('k') || ascii.get('K') || ascii.get('s') || ascii.get('S'));
    return hasOthers || ascii.isEmpty()
        ? MatchShape.UNKNOWN
        : MatchShape.whole(Sequences.of(List.of(ascii)));
  }

  private void add(int low, int high, BitSet ascii) {
    for (int c = low; c <= high; c++) {
      ascii.set(c);
      boolean isLetter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (foldsCase && isLetter) {
        ascii.set(c ^ 0x20);
      }
    }
  }

  private boolean isAtNamedClass() {
    return hasMore() && NAMED_CLASSES.indexOf(expression.charAt(at)) >= 0;
  }

  /// Adds the characters of `\d`, `\s` or `\w`.
  ///
  /// @return whether there are more than were added
  private boolean named(BitSet ascii) {
    int name = next();
    switch (name) {
      case 'd', 'w' -> {
        add('0', '9', ascii);
        if (name == 'w') {
          add('a', 'z', ascii);
          add('A', 'Z', ascii);
          ascii.set('_');
        }
      }
      case 's' -> {
        for (char space : new char[] {'\t', '\n', '\f', '\r', ' '}) {
          ascii.set(space);
        }
      }
      default -> {
        return true;
      }
    }
    return false;
  }

  /// Reads the character for which an escape stands, after the backslash.
  private int escape() {
    int c = next();
    return switch (c) {
      case 'a' -> 7;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      case 'x' -> hexadecimal();
      default -> {
        if (c >= 0x80 || Character.isLetterOrDigit(c)) {
          throw new Unfamiliar();
        }
        yield c;
      }
    };
  }

  private int hexadecimal() {
    int value = 0;
    String digits =
        accept("{") ? upTo('}') : Character.toString(next()) + Character.toString(next());
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), 16);
      if (digit < 0 || value > Character.MAX_CODE_POINT) {
        throw new Unfamiliar();
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
