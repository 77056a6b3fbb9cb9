package dev.logshipper.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One environment variable that the extension or a sink reads: its names, what it takes, what
/// holds without it, and a line of documentation. Declare them as constants and read them through
/// [Settings]; nothing else looks at the environment.
///
/// Immutable and thread-safe. Two settings are the same only if they are the same object.
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

  /// A variable without which its owner cannot work.
  public static <T> Setting<T> required(String name, Parser<T> parser, String summary) {
    return new Setting<>(name, List.of(), parser, null, true, false, summary);
  }

  /// A variable with a default, which is also in force when the value given is unusable.
  public static <T> Setting<T> withDefault(
      String name, Parser<T> parser, T fallback, String summary) {
    return new Setting<>(name, List.of(), parser, fallback, false, false, summary);
  }

  /// A variable that may be absent; read it with [Settings#find].
  public static <T> Setting<T> optional(String name, Parser<T> parser, String summary) {
    return new Setting<>(name, List.of(), parser, null, false, false, summary);
  }

  /// The same setting under further names; the first name that is set wins.
  public Setting<T> alias(String... names) {
    List<String> all = new ArrayList<>(aliases);
    all.addAll(List.of(names));
    return new Setting<>(name, List.copyOf(all), parser, fallback, required, secret, summary);
  }

  /// The same setting with a value that is never shown.
  public Setting<T> secret() {
    return new Setting<>(name, aliases, parser, fallback, required, true, summary);
  }

  /// The name that documentation uses.
  public String name() {
    return name;
  }

  /// Further names under which it is read.
  public List<String> aliases() {
    return aliases;
  }

  /// What a user may write, in words.
  public String expected() {
    return parser.expected();
  }

  /// The value that holds when the variable is not set.
  public Optional<T> fallback() {
    return Optional.ofNullable(fallback);
  }

  /// Whether its owner cannot work without it.
  public boolean isRequired() {
    return required;
  }

  /// Whether its value must never be shown.
  public boolean isSecret() {
    return secret;
  }

  /// What it is for, in one line.
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
