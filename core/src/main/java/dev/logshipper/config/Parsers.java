package dev.logshipper.config;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The parsers that settings share. Thread-safe; no regular expressions, because the first one
/// costs more start-up time than all of these together.
public final class Parsers {
  private Parsers() {}

  /// Any text that is not blank, trimmed.
  public static Parser<String> text() {
    return new Parser<>("a text", String::strip);
  }

  /// `true` or `false` in any case.
  public static Parser<Boolean> flag() {
    return new Parser<>("true or false", Parsers::flagOf);
  }

  /// A whole number within limits; a value beyond them is refused, not clamped.
  public static Parser<Integer> wholeNumber(int min, int max) {
    return new Parser<>(
        "a whole number from " + min + " to " + max, text -> numberWithin(text, min, max));
  }

  /// A whole number of at least `min`; above `max`, `max` is used and said.
  public static Parser<Integer> wholeNumberUpTo(int min, int max) {
    return Parser.lenient(
        "a whole number from " + min + " to " + max,
        text -> {
          Integer number = numberWithin(text, min, max);
          if (number != null) {
            return new Parser.Reading<>(number, null);
          }
          return isAbove(text, max) ? new Parser.Reading<>(max, max + " is used") : null;
        });
  }

  /// An absolute `http` or `https` URL with a host.
  public static Parser<URI> httpUrl() {
    return new Parser<>("an http:// or https:// URL with a host", Parsers::httpUrlOf);
  }

  /// One of a few words, in any case.
  public static Parser<String> oneOf(String... words) {
    List<String> known = List.of(words);
    return new Parser<>(
        "one of " + String.join(", ", known),
        text -> {
          String word = text.strip().toLowerCase(Locale.ROOT);
          return known.contains(word) ? word : null;
        });
  }

  /// A comma-separated list of some of a few words, at least one, each once.
  public static Parser<List<String>> someOf(String... words) {
    List<String> known = List.of(words);
    return new Parser<>(
        "a comma-separated list of " + String.join(", ", known), text -> someOf(text, known));
  }

  /// Comma-separated pairs, as in `name=value,name=value`; the separator is the first one in a
  /// pair.
  public static Parser<List<NameValue>> pairs(char separator) {
    return new Parser<>(
        "comma-separated pairs such as name" + separator + "value",
        text -> pairsOf(text, separator));
  }

  /// One pair of a list such as `name=value,name=value`.
  public record NameValue(String name, String value) {
    /// Does not show the value: headers carry secrets.
    @Override
    public String toString() {
      return name;
    }
  }

  private static @Nullable Boolean flagOf(String text) {
    String word = text.strip();
    if (word.equalsIgnoreCase("true")) {
      return true;
    }
    return word.equalsIgnoreCase("false") ? false : null;
  }

  private static @Nullable Integer numberWithin(String text, int min, int max) {
    try {
      int number = Integer.parseInt(text.strip());
      return number >= min && number <= max ? number : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static boolean isAbove(String text, int max) {
    try {
      return new BigInteger(text.strip()).compareTo(BigInteger.valueOf(max)) > 0;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static @Nullable URI httpUrlOf(String text) {
    try {
      URI uri = new URI(text.strip());
      String scheme = uri.getScheme();
      boolean web =
          scheme != null && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"));
      return web && uri.getHost() != null ? uri : null;
    } catch (URISyntaxException _) {
      return null;
    }
  }

  private static @Nullable List<String> someOf(String text, List<String> known) {
    List<String> chosen = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String word = part.strip().toLowerCase(Locale.ROOT);
      if (!known.contains(word)) {
        return null;
      }
      if (!chosen.contains(word)) {
        chosen.add(word);
      }
    }
    return List.copyOf(chosen);
  }

  private static @Nullable List<NameValue> pairsOf(String text, char separator) {
    List<NameValue> pairs = new ArrayList<>();
    for (String part : Arrays.asList(text.split(",", -1))) {
      int at = part.indexOf(separator);
      if (at < 1 || part.substring(0, at).isBlank()) {
        return null;
      }
      pairs.add(new NameValue(part.substring(0, at).strip(), part.substring(at + 1).strip()));
    }
    return List.copyOf(pairs);
  }
}
