package dev.logshipper.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns the text of a variable into a value, and can say in words what it takes.
///
/// @param expected what a user should have written, to follow "expected": "a whole number from 1 to
///   10"
/// @param reader the value, or null when the text is none
public record Parser<T>(String expected, Function<String, @Nullable T> reader) {

  @Nullable T parse(String text) {
    return reader.apply(text);
  }
}
