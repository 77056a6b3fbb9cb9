package dev.logshipper.select;

import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A regular expression in the syntax of RE2, searched for in a record's content: its text, or its
/// JSON as the platform delivered it. The time is linear in the content's length, whatever the
/// expression and the content. Immutable and thread-safe.
///
/// Expressions without operators, and alternatives of such, do not load the library.
public abstract sealed class RecordPattern permits LiteralPattern, ExpressionPattern {
  /// The accepted texts, in words, to follow "expected".
  public static final String EXPECTED =
      "a regular expression in the syntax of RE2, of at most 4096 characters and 2000 instructions";

  private static final int CHARS_MAX = 4096;

  private final String expression;

  RecordPattern(String expression) {
    this.expression = expression;
  }

  /// Compiles an expression.
  ///
  /// @return null when it is not valid, or too long
  public static @Nullable RecordPattern parse(String expression) {
    if (expression.length() > CHARS_MAX) {
      return null;
    }
    LiteralPattern literal = LiteralPattern.of(expression);
    return literal != null ? literal : ExpressionPattern.compile(expression);
  }

  /// Compiles the expressions in the lines of a text; empty lines count for nothing.
  ///
  /// @return null when one is not valid, or too long
  public static @Nullable List<RecordPattern> parseLines(String lines) {
    List<RecordPattern> patterns = new ArrayList<>();
    for (String line : lines.split("\n", -1)) {
      String expression = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      RecordPattern pattern = expression.isBlank() ? null : parse(expression);
      if (pattern != null) {
        patterns.add(pattern);
      } else if (!expression.isBlank()) {
        return null;
      }
    }
    return patterns;
  }

  /// Whether it occurs in the record.
  ///
  /// @throws IllegalStateException if that cannot be found out: the expression branches too much
  public boolean matches(LogRecord record) {
    byte[] text = new byte[record.sizeBytes()];
    record.content().get(text);
    return isIn(text);
  }

  /// Whether it occurs in a text.
  abstract boolean isIn(byte[] utf8);

  /// Whether it occurs in every line, or in all that are worth logging.
  public abstract boolean isInAllLines();

  /// Whether it occurs wherever another does. Not always found out.
  public boolean isWherever(RecordPattern other) {
    if (expression.equals(other.expression)) {
      return true;
    }
    Sequences required = other.required();
    if (required == null) {
      return false;
    }
    for (List<BitSet> sequence : required.alternatives()) {
      if (!isInEach(sequence)) {
        return false;
      }
    }
    return true;
  }

  /// One of these is wherever it occurs; null if nothing is known to be.
  abstract @Nullable Sequences required();

  /// Whether it occurs in each text with the sequence in it. Not always found out.
  abstract boolean isInEach(List<BitSet> sequence);

  String expression() {
    return expression;
  }

  /// Reports its occurrences that are not empty, in no particular order; they may overlap. Of an
  /// expression with a group named `secret`, an occurrence is this group.
  public abstract void findAll(byte[] utf8, Occurrences occurrences);

  /// Receives occurrences.
  @FunctionalInterface
  public interface Occurrences {
    /// Bytes from `start` to before `end`.
    void found(int start, int end);
  }
}
