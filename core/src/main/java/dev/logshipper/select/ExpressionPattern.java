package dev.logshipper.select;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// An expression that RE2/J searches for.
final class ExpressionPattern extends RecordPattern {
  /// The matcher follows branches by recursion, on the small stack of a thread of the layer.
  private static final int INSTRUCTIONS_MAX = 2_000;

  private static final String SECRET = "secret";

  private final Pattern pattern;
  private final boolean hasSecret;

  private ExpressionPattern(Pattern pattern) {
    this.pattern = pattern;
    this.hasSecret = pattern.namedGroups().containsKey(SECRET);
  }

  /// Returns null for an expression that is not valid, or too large.
  static @Nullable ExpressionPattern compile(String expression) {
    if (ProgramSize.of(expression) > INSTRUCTIONS_MAX) {
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
    return finds(pattern.matcher(utf8));
  }

  @Override
  public void findAll(byte[] utf8, Occurrences occurrences) {
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

  private static boolean finds(Matcher matcher) {
    try {
      return matcher.find();
    } catch (StackOverflowError e) {
      throw new IllegalStateException("too many branches", e);
    }
  }
}
