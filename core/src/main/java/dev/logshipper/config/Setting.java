package dev.logshipper.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
  private final Parser<T> parser;
  private final @Nullable T fallback;
  private final boolean required;
  private final String summary;

  // Changed in a new copy only.
  private List<String> aliases = List.of();
  private boolean secret;
  private boolean guard;
  private String coreName = "";
  private @Nullable Function<? super T, ? extends @Nullable Object> toCore;

  private Setting(
      String name, Parser<T> parser, @Nullable T fallback, boolean required, String summary) {
    this.name = name;
    this.parser = parser;
    this.fallback = fallback;
    this.required = required;
    this.summary = summary;
  }

  /// A required variable: without a value its sink is off.
  public static <T> Setting<T> required(String name, Parser<T> parser, String summary) {
    return new Setting<>(name, parser, null, true, summary);
  }

  /// A variable with a default, which is also in effect if the given value is unusable.
  public static <T> Setting<T> withDefault(
      String name, Parser<T> parser, T fallback, String summary) {
    return new Setting<>(name, parser, fallback, false, summary);
  }

  /// A variable without a default; read it with [Settings#find].
  public static <T> Setting<T> optional(String name, Parser<T> parser, String summary) {
    return new Setting<>(name, parser, null, false, summary);
  }

  /// The same setting under additional names; the first name that is set takes precedence.
  public Setting<T> alias(String... names) {
    Setting<T> copy = copy();
    List<String> all = new ArrayList<>(aliases);
    all.addAll(List.of(names));
    copy.aliases = List.copyOf(all);
    return copy;
  }

  /// The same setting with a value that is never shown.
  public Setting<T> secret() {
    Setting<T> copy = copy();
    copy.secret = true;
    return copy;
  }

  /// The same setting as one that hides something: with an unusable value, nothing is shipped.
  public Setting<T> guard() {
    Setting<T> copy = copy();
    copy.guard = true;
    return copy;
  }

  /// A setting of the same kind under another name, without aliases and without a default.
  public Setting<T> named(String other) {
    Setting<T> copy = optional(other, parser, summary);
    copy.secret = secret;
    copy.guard = guard;
    return copy;
  }

  /// The same setting as the source of a [dev.logshipper.sink.SinkDefaults] for a variable of core,
  /// which takes precedence. If both are set and differ, that is reported.
  ///
  /// @param name of core's variable
  public Setting<T> standsFor(String name) {
    Setting<T> copy = copy();
    copy.coreName = name;
    return copy;
  }

  /// As [#standsFor(String)], for a variable with values of another kind.
  ///
  /// @param toCore returns the value of core's variable, or null if there is no counterpart
  public Setting<T> standsFor(String name, Function<? super T, ? extends @Nullable Object> toCore) {
    Setting<T> copy = standsFor(name);
    copy.toCore = toCore;
    return copy;
  }

  private Setting<T> copy() {
    Setting<T> copy = new Setting<>(name, parser, fallback, required, summary);
    copy.aliases = aliases;
    copy.secret = secret;
    copy.guard = guard;
    copy.coreName = coreName;
    copy.toCore = toCore;
    return copy;
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

  /// Whether an unusable value of it must ship nothing.
  boolean isGuard() {
    return guard;
  }

  /// Its purpose, in one line.
  public String summary() {
    return summary;
  }

  /// The variable of core that this one sets a default for; empty if there is none.
  String coreName() {
    return coreName;
  }

  /// A value of this setting as one of core's variable; null if there is no counterpart.
  @Nullable Object toCore(T value) {
    return toCore == null ? value : toCore.apply(value);
  }

  /// A value as a user would write it.
  String write(T value) {
    return parser.write(value);
  }

  Parser.@Nullable Reading<T> parse(String text) {
    return parser.parse(text);
  }

  /// As [#parse], but throws what the reader of the parser throws.
  Parser.@Nullable Reading<T> parseOrThrow(String text) {
    return parser.parseOrThrow(text);
  }

  @Override
  public String toString() {
    return name;
  }
}
