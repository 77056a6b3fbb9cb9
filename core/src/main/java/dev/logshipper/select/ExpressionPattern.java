package dev.logshipper.select;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression that RE2/J searches for, in the texts that pass a prefilter.
final class ExpressionPattern extends RecordPattern {
  /// The matcher follows branches by recursion, on the small stack of a thread of the layer.
  private static final int INSTRUCTIONS_MAX = 2_000;

  private static final String SECRET = "secret";

  /// Operators whose match depends on the text around an occurrence.
  private static final List<String> SURROUNDINGS = List.of("^", "$", "\\b", "\\B", "\\A", "\\z");

  /// Lines with little in common. An expression in all of them is in any. The long one is longer
  /// than a count in an expression can be.
  private static final List<String> LINES =
      List.of(
          "-",
          "a",
          "7",
          "{}",
          "\u00e9",
          "\tat x(y)",
          "2026-11-28T01:10:36Z INFO ok",
          "{\"level\":\"info\"}",
          "a long line, ".repeat(400));

  private final Pattern pattern;
  private final @Nullable Prefilter prefilter;
  private final boolean hasSecret;

  private ExpressionPattern(Pattern pattern) {
    super(pattern.pattern());
    this.pattern = pattern;
    this.prefilter = Prefilter.of(pattern.pattern());
    this.hasSecret = pattern.namedGroups().containsKey(SECRET);
  }

  /// Returns null for an expression that is not valid, or too large.
  static @Nullable ExpressionPattern compile(String expression) {
    if (ProgramSize.of(expression) > INSTRUCTIONS_MAX || ShapeReader.foldsRareScript(expression)) {
      return null;
    }
    try {
      return new ExpressionPattern(Pattern.compile(expression));
    } catch (PatternSyntaxException | StackOverflowError _) {
      return null;
    }
  }

  @Override
  boolean isIn(byte[] utf8) {
    return mayOccurIn(utf8) && finds(pattern.matcher(utf8));
  }

  @Override
  public void findAll(byte[] utf8, Occurrences occurrences) {
    if (!mayOccurIn(utf8)) {
      return;
    }
    Matcher matcher = pattern.matcher(utf8);
    while (finds(matcher)) {
      // An alternative without the group is replaced as a whole.
      boolean isPart = hasSecret && matcher.start(SECRET) >= 0;
      int start = isPart ? matcher.start(SECRET) : matcher.start();
      int end = isPart ? matcher.end(SECRET) : matcher.end();
      if (end > start) {
        occurrences.found(start, end);
      }
    }
  }

  @Override
  public boolean isInAllLines() {
    for (String line : LINES) {
      if (!isIn(line.getBytes(UTF_8))) {
        return false;
      }
    }
    return true;
  }

  @Override
  @Nullable Sequences required() {
    return ShapeReader.read(expression()).required();
  }

  /// An occurrence in part of a text is one in the text, unless its surroundings matter.
  @Override
  boolean isInEach(List<BitSet> sequence) {
    for (String operator : SURROUNDINGS) {
      if (expression().contains(operator)) {
        return false;
      }
    }
    byte[] text = new byte[sequence.size()];
    for (int i = 0; i < text.length; i++) {
      if (sequence.get(i).cardinality() > 1) {
        return false;
      }
      text[i] = (byte) sequence.get(i).nextSetBit(0);
    }
    return isIn(text);
  }

  private boolean mayOccurIn(byte[] utf8) {
    return prefilter == null || prefilter.mayOccurIn(utf8);
  }

  private static boolean finds(Matcher matcher) {
    try {
      return matcher.find();
    } catch (StackOverflowError e) {
      throw new IllegalStateException("too many branches", e);
    }
  }
}
