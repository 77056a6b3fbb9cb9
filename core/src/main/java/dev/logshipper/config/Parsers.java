package dev.logshipper.config;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The parsers that settings share. Thread-safe; no regular expressions, because the first one
/// costs more start-up time than all of these together.
public final class Parsers {
  private static final int MEBIBYTE_BITS = 20;

  private Parsers() {}

  /// Any text that is not blank, trimmed.
  public static Parser<String> text() {
    return Parser.of("a text", String::strip);
  }

  /// `true` or `false` in any case.
  public static Parser<Boolean> flag() {
    return Parser.of("true or false", Parsers::flagOf);
  }

  /// A whole number within limits; a value beyond them is rejected, not clamped.
  public static Parser<Integer> wholeNumber(int min, int max) {
    return Parser.of(wholeNumberFrom(min, max), text -> numberWithin(text, min, max));
  }

  /// A whole number of at least `min`; above `max`, `max` is used and reported.
  public static Parser<Integer> wholeNumberUpTo(int min, int max) {
    return Parser.lenient(
        wholeNumberFrom(min, max),
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
    return Parser.of("an http:// or https:// URL with a host", Parsers::httpUrlOf);
  }

  /// The `http` URL of a proxy; `host:port` suffices.
  public static Parser<URI> proxyUrl() {
    return Parser.of("an http:// URL of a proxy", Parsers::proxyUrlOf);
  }

  /// A percentage from 0 to 100, with or without decimals.
  public static Parser<Double> percent() {
    return Parser.of("a number from 0 to 100", Parsers::percentOf)
        .writtenAs(percent ->
            percent % 1 == 0 ? Integer.toString(percent.intValue()) : percent.toString());
  }

  /// One of several words, in any case.
  public static Parser<String> oneOf(String... words) {
    List<String> known = List.of(words);
    return Parser.of(
        "one of " + String.join(", ", known),
        text -> {
          String word = text.strip().toLowerCase(Locale.ROOT);
          return known.contains(word) ? word : null;
        });
  }

  /// A constant of an enum, written in lower case with dashes (`DROP_OLDEST`: `drop-oldest`); read
  /// in any case.
  public static <E extends Enum<E>> Parser<E> oneOf(Class<E> type) {
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      words.add(word(constant));
    }
    return Parser.of("one of " + String.join(", ", words), text -> constant(type, text))
        .writtenAs(Parsers::word);
  }

  /// A whole number of milliseconds within limits.
  public static Parser<Duration> millis(int min, int max) {
    return Parser.of(wholeNumberFrom(min, max), text -> duration(text, min, max, ChronoUnit.MILLIS))
        .writtenAs(duration -> Long.toString(duration.toMillis()));
  }

  /// A whole number of seconds within limits.
  public static Parser<Duration> seconds(int min, int max) {
    return Parser.of(
            wholeNumberFrom(min, max), text -> duration(text, min, max, ChronoUnit.SECONDS))
        .writtenAs(duration -> Long.toString(duration.toSeconds()));
  }

  /// A whole number of mebibytes within limits, as bytes.
  public static Parser<Long> mebibytes(int min, int max) {
    return Parser.of(
            wholeNumberFrom(min, max),
            text -> {
              Integer number = numberWithin(text, min, max);
              return number == null ? null : (long) number << MEBIBYTE_BITS;
            })
        .writtenAs(bytes -> Long.toString(bytes >> MEBIBYTE_BITS));
  }

  /// A comma-separated list of known words: at least one, each kept once. A JSON array of them is
  /// read, too.
  public static Parser<List<String>> someOf(String... words) {
    List<String> known = List.of(words);
    return Parser.of(
            "a comma-separated list of " + String.join(", ", known), text -> someOf(text, known))
        .writtenAs(chosen -> String.join(",", chosen));
  }

  /// Comma-separated pairs, as in `name=value,name=value`; the separator is the first one in a
  /// pair.
  public static Parser<List<NameValue>> pairs(char separator) {
    return Parser.of(
        "comma-separated pairs such as name" + separator + "value",
        text -> pairsOf(text, separator));
  }

  /// Whether a list has a name, in any case. Not a method of [NameValue], whose class an empty list
  /// does not load.
  public static boolean hasName(List<NameValue> pairs, String name) {
    for (NameValue pair : pairs) {
      if (pair.name.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /// One pair of a list such as `name=value,name=value`.
  public record NameValue(String name, String value) {
    /// Does not show the value: headers carry secrets.
    @Override
    public String toString() {
      return name;
    }
  }

  private static String wholeNumberFrom(int min, int max) {
    return "a whole number from " + min + " to " + max;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> @Nullable E constant(Class<E> type, String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equals(wanted)) {
        return constant;
      }
    }
    return null;
  }

  private static @Nullable Duration duration(String text, int min, int max, ChronoUnit unit) {
    Integer number = numberWithin(text, min, max);
    return number == null ? null : Duration.of(number, unit);
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

  private static @Nullable Double percentOf(String text) {
    try {
      double percent = Double.parseDouble(text.strip());
      return percent >= 0 && percent <= 100 ? percent : null;
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

  private static URI httpUrlOf(String text) {
    URI url = urlOf(text.strip());
    if (url != null && (hasScheme(url, "http") || hasScheme(url, "https"))) {
      return url;
    }
    throw UrlFault.ofDestination(text);
  }

  private static URI proxyUrlOf(String text) {
    String stripped = text.strip();
    URI url = urlOf(stripped.contains("://") ? stripped : "http://" + stripped);
    if (url != null && hasScheme(url, "http")) {
      return url;
    }
    throw UrlFault.ofProxy(text);
  }

  /// An absolute URL with a host; null if it is none.
  private static @Nullable URI urlOf(String text) {
    try {
      URI url = new URI(text);
      return url.getScheme() != null && Authority.of(url) != null
          ? Authority.withoutFinalDot(url)
          : null;
    } catch (URISyntaxException _) {
      return null;
    }
  }

  private static boolean hasScheme(URI url, String scheme) {
    return scheme.equalsIgnoreCase(url.getScheme());
  }

  private static @Nullable List<String> someOf(String text, List<String> known) {
    List<String> chosen = new ArrayList<>();
    for (String part : withoutBrackets(text.strip()).split(",", -1)) {
      String word = withoutQuotes(part.strip()).toLowerCase(Locale.ROOT);
      if (!known.contains(word)) {
        return null;
      }
      if (!chosen.contains(word)) {
        chosen.add(word);
      }
    }
    return List.copyOf(chosen);
  }

  private static String withoutBrackets(String text) {
    boolean isArray = text.startsWith("[") && text.endsWith("]");
    return isArray ? text.substring(1, text.length() - 1) : text;
  }

  private static String withoutQuotes(String text) {
    boolean isQuoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return isQuoted ? text.substring(1, text.length() - 1) : text;
  }

  private static String pairFault(String part, char separator, int at) {
    if (part.isBlank()) {
      return " is empty";
    }
    if (at >= 0) {
      return " has no name";
    }
    boolean hasColon = part.indexOf(':') > 0;
    return (hasColon ? " has a : instead of a " : " has no ") + separator;
  }

  private static List<NameValue> pairsOf(String text, char separator) {
    List<NameValue> pairs = new ArrayList<>();
    for (String part : Arrays.asList(text.split(",", -1))) {
      int at = part.indexOf(separator);
      if (at < 1 || part.substring(0, at).isBlank()) {
        throw new UnusableTextException(
            "pair " + (pairs.size() + 1) + pairFault(part, separator, at));
      }
      pairs.add(new NameValue(part.substring(0, at).strip(), part.substring(at + 1).strip()));
    }
    return List.copyOf(pairs);
  }
}
