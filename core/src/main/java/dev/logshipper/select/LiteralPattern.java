package dev.logshipper.select;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An expression of one or several texts, `healthcheck|GET /ping`, in any case with `(?i)` in
/// front: found by plain search.
final class LiteralPattern extends RecordPattern {
  private static final String ANY_CASE = "(?i)";
  private static final String OPERATORS = "\\.+*?()[]{}^$";

  private final List<ByteSearch> texts;

  private LiteralPattern(String expression, List<ByteSearch> texts) {
    super(expression);
    this.texts = texts;
  }

  /// Returns null for an expression that has operators other than `|`.
  static @Nullable LiteralPattern of(String expression) {
    boolean foldsCase = expression.startsWith(ANY_CASE);
    String alternatives = foldsCase ? expression.substring(ANY_CASE.length()) : expression;
    List<ByteSearch> texts = new ArrayList<>();
    for (String alternative : alternatives.split("\\|", -1)) {
      byte[] text = literal(foldsCase ? alternative.toLowerCase(Locale.ROOT) : alternative);
      if (text == null || text.length == 0 || (foldsCase && !isAscii(text))) {
        return null;
      }
      texts.add(new ByteSearch(text, foldsCase));
    }
    return new LiteralPattern(expression, List.copyOf(texts));
  }

  /// The text of an expression; null when it has operators. Punctuation may be escaped.
  private static byte @Nullable [] literal(String expression) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\' && i + 1 < expression.length() && isPunctuation(expression.charAt(i + 1))) {
        text.append(expression.charAt(++i));
      } else if (OPERATORS.indexOf(c) >= 0) {
        return null;
      } else {
        text.append(c);
      }
    }
    return text.toString().getBytes(UTF_8);
  }

  private static boolean isAscii(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPunctuation(char c) {
    return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c) && c != '|';
  }

  @Override
  boolean isIn(byte[] utf8) {
    for (ByteSearch text : texts) {
      if (text.indexIn(utf8, 0) >= 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isInAllLines() {
    return false;
  }

  @Override
  Sequences required() {
    List<List<BitSet>> all = new ArrayList<>();
    for (ByteSearch text : texts) {
      all.add(text.positions());
    }
    return new Sequences(all);
  }

  @Override
  boolean isInEach(List<BitSet> sequence) {
    for (ByteSearch text : texts) {
      if (isInEach(sequence, text.positions())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInEach(List<BitSet> sequence, List<BitSet> wanted) {
    for (int from = 0; from + wanted.size() <= sequence.size(); from++) {
      int matched = 0;
      while (matched < wanted.size()
          && isWithin(sequence.get(from + matched), wanted.get(matched))) {
        matched++;
      }
      if (matched == wanted.size()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWithin(BitSet bytes, BitSet wanted) {
    BitSet others = (BitSet) bytes.clone();
    others.andNot(wanted);
    return others.isEmpty();
  }

  @Override
  public void findAll(byte[] utf8, Occurrences occurrences) {
    for (ByteSearch text : texts) {
      int at = text.indexIn(utf8, 0);
      while (at >= 0) {
        occurrences.found(at, at + text.length());
        at = text.indexIn(utf8, at + text.length());
      }
    }
  }
}
