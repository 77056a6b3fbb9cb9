package dev.logshipper.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns the text of a variable into a value, and can say in words what it takes. Thread-safe as
/// far as its reader is.
///
/// @param <T> the type of the value
public final class Parser<T> {
  private final String expected;
  private final Function<String, @Nullable Reading<T>> reader;

  private Parser(Function<String, @Nullable Reading<T>> reader, String expected) {
    this.expected = expected;
    this.reader = reader;
  }

  /// A parser that takes a text as it is or not at all.
  ///
  /// @param expected what a user should have written, to follow "expected": "a whole number from 1
  ///   to 10"
  /// @param reader the value, or null when the text is none; what it throws means the same as null
  public Parser(String expected, Function<String, @Nullable T> reader) {
    this(
        text -> {
          T value = reader.apply(text);
          return value == null ? null : new Reading<>(value, null);
        },
        expected);
  }

  /// A parser that may take something else than what was written, and says so. Only for variables
  /// of other extensions that promise it; a value of ours that cannot be used is refused.
  ///
  /// @param expected as above
  /// @param reader the value and what was changed, or null when the text is none
  public static <T> Parser<T> lenient(
      String expected, Function<String, @Nullable Reading<T>> reader) {
    return new Parser<>(reader, expected);
  }

  /// A value, and what was changed to get it.
  ///
  /// @param remark what is in force now, to follow the variable and what was expected: "10 is
  ///   used"; null when the text was taken as it was
  public record Reading<T>(T value, @Nullable String remark) {
    /// Does not show the value, which may be a secret, nor the remark, which may show it.
    @Override
    public String toString() {
      return remark == null ? "a value" : "a value with a remark";
    }
  }

  String expected() {
    return expected;
  }

  @Nullable Reading<T> parse(String text) {
    try {
      return reader.apply(text);
    } catch (Throwable _) {
      // It may be a stranger's, in a language without checked exceptions at that, and no value may
      // keep the extension from starting.
      return null;
    }
  }
}
