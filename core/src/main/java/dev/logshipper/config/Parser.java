package dev.logshipper.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Converts the text of a variable to a value and back, and describes the texts it accepts.
/// Thread-safe if its functions are.
///
/// @param <T> the type of the value
public final class Parser<T> {
  private final String expected;
  private final Function<String, @Nullable Reading<T>> reader;
  private final Function<T, String> writer;

  private Parser(
      String expected, Function<String, @Nullable Reading<T>> reader, Function<T, String> writer) {
    this.expected = expected;
    this.reader = reader;
    this.writer = writer;
  }

  /// A parser that accepts a text unchanged or rejects it.
  ///
  /// @param expected the accepted texts, to follow "expected": "a whole number from 1 to 10"
  /// @param reader returns the value, or null to reject the text; an exception rejects it too, an
  ///   [UnusableTextException] with a reason
  public static <T> Parser<T> of(String expected, Function<String, @Nullable T> reader) {
    return lenient(
        expected,
        text -> {
          T value = reader.apply(text);
          return value == null ? null : new Reading<>(value, null);
        });
  }

  /// A parser that may use another value than the text states, and reports it. Only for variables
  /// of other extensions that promise it.
  ///
  /// @param expected as above
  /// @param reader returns the value and a remark, or null to reject the text
  public static <T> Parser<T> lenient(
      String expected, Function<String, @Nullable Reading<T>> reader) {
    return new Parser<>(expected, reader, String::valueOf);
  }

  /// The same parser for values whose text is not that of `toString()`.
  ///
  /// @param writer returns the text that reads as the value
  public Parser<T> writtenAs(Function<T, String> writer) {
    return new Parser<>(expected, reader, writer);
  }

  /// A value, and the change made to obtain it.
  ///
  /// @param remark the value in effect, to follow the variable and the accepted texts: "10 is
  ///   used"; null if the text was accepted unchanged
  public record Reading<T>(T value, @Nullable String remark) {
    /// Omits the value, which may be a secret, and the remark, which may contain it.
    @Override
    public String toString() {
      return remark == null ? "a value" : "a value with a remark";
    }
  }

  String expected() {
    return expected;
  }

  String write(T value) {
    return writer.apply(value);
  }

  /// As [#parse], but throws what the reader throws.
  @Nullable Reading<T> parseOrThrow(String text) {
    return reader.apply(text);
  }

  @Nullable Reading<T> parse(String text) {
    try {
      return parseOrThrow(text);
    } catch (Throwable _) {
      // A plugin's parser may throw anything, checked exceptions of another language included, and
      // no value may keep the extension from starting.
      return null;
    }
  }
}
