package dev.logshipper.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An environment variable that the extension or a sink reads: its names, its parser, its default
/// and a line of documentation. Declare settings as constants and read them through [Settings];
/// nothing else reads the environment.
///
/// Immutable and thread-safe. Compared by identity: sinks share a setting by sharing the object.
///
/// @param <T> the type of its value
public final class Setting<T> {
  private final String name;
  private final List<String> aliases;
  private final Parser<T> parser;
  private final @Nullable T fallback;
  private final boolean required;
  private final boolean secret;
  private final String summary;

  private Setting(
      String name,
      List<String> aliases,
      Parser<T> parser,
      @Nullable T fallback,
      boolean required,
      boolean secret,
      String summary) {
    this.name = name;
    this.aliases = aliases;
    this.parser = parser;
    this.fallback = fallback;
    this.required = required;
    this.secret = secret;
    this.summary = summary;
  }

  /// A required variable: without a value its sink is off.
  public static <T> Setting<T> required(String name, Parser<T> parser, String summary) {
    return new Setting<>(name, List.of(), parser, null, true, false, summary);
  }

  /// A variable with a default, which is also in effect if the given value is unusable.
  public static <T> Setting<T> withDefault(
      String name, Parser<T> parser, T fallback, String summary) {
    return new Setting<>(name, List.of(), parser, fallback, false, false, summary);
  }

  /// A variable without a default; read it with [Settings#find].
  public static <T> Setting<T> optional(String name, Parser<T> parser, String summary) {
    return new Setting<>(name, List.of(), parser, null, false, false, summary);
  }

  /// The same setting under additional names; the first name that is set takes precedence.
  public Setting<T> alias(String... names) {
    List<String> all = new ArrayList<>(aliases);
    all.addAll(List.of(names));
    return new Setting<>(name, List.copyOf(all), parser, fallback, required, secret, summary);
  }

  /// The same setting with a value that is never shown.
  public Setting<T> secret() {
    return new Setting<>(name, aliases, parser, fallback, required, true, summary);
  }

  /// The name used in documentation.
  public String name() {
    return name;
  }

  /// Additional names under which it is read.
  public List<String> aliases() {
    return aliases;
  }

  /// The accepted texts, in words.
  public String expected() {
    return parser.expected();
  }

  /// The value in effect if the variable is not set.
  public Optional<T> fallback() {
    return Optional.ofNullable(fallback);
  }

  /// The default as a user would write it; empty without one.
  public String fallbackText() {
    return fallback == null ? "" : parser.write(fallback);
  }

  /// Whether a sink that declares it is off without a value.
  public boolean isRequired() {
    return required;
  }

  /// Whether its value must never be shown.
  public boolean isSecret() {
    return secret;
  }

  /// Its purpose, in one line.
  public String summary() {
    return summary;
  }

  Parser.@Nullable Reading<T> parse(String text) {
    return parser.parse(text);
  }

  @Override
  public String toString() {
    return name;
  }
}
