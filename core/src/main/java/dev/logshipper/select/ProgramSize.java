package dev.logshipper.select;

import java.util.ArrayDeque;

/// Estimates the instructions of a compiled expression, since nested counts multiply:
/// `((a{1000}){1000}){1000}` would not fit in memory.
final class ProgramSize {
  private final String expression;
  private final ArrayDeque<Long> outer = new ArrayDeque<>();
  private long total;
  private long last;
  private int at;

  private ProgramSize(String expression) {
    this.expression = expression;
  }

  /// The estimate; that of an expression that is not valid means nothing.
  static long of(String expression) {
    return new ProgramSize(expression).estimate();
  }

  private long estimate() {
    while (at < expression.length()) {
      char c = expression.charAt(at);
      switch (c) {
        case '(' -> {
          outer.push(total + last);
          total = 0;
          last = 1;
        }
        case ')' -> {
          last += total;
          total = outer.isEmpty() ? 0 : outer.pop();
        }
        case '{' -> repeat();
        case '[' -> {
          skipClass();
          add();
        }
        case '\\' -> {
          at++;
          add();
        }
        default -> add();
      }
      at++;
    }
    while (!outer.isEmpty()) {
      total += outer.pop();
    }
    return total + last;
  }

  private void add() {
    total += last;
    last = 1;
  }

  /// Multiplies the last part by the greater number of `{3}`, `{3,}` or `{3,5}`.
  private void repeat() {
    long count = 0;
    long most = 1;
    int end = at + 1;
    while (end < expression.length() && isInCount(expression.charAt(end))) {
      char c = expression.charAt(end);
      count = c == ',' ? 0 : Math.min(count * 10 + c - '0', 10_000);
      most = Math.max(most, count);
      end++;
    }
    if (end > at + 1 && end < expression.length() && expression.charAt(end) == '}') {
      last = Math.min(last * most, Integer.MAX_VALUE);
      at = end;
    } else {
      add();
    }
  }

  private static boolean isInCount(char c) {
    return c == ',' || (c >= '0' && c <= '9');
  }

  /// Moves to the bracket that ends a class; the first character in it may be one.
  private void skipClass() {
    int end = at + 1;
    if (end < expression.length() && expression.charAt(end) == '^') {
      end++;
    }
    int first = end;
    while (end < expression.length() && (end == first || expression.charAt(end) != ']')) {
      end += expression.charAt(end) == '\\' ? 2 : 1;
    }
    at = end;
  }
}
