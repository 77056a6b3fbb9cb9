package dev.logshipper.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Words that the extension must not output, each with the name of the place where it was planted.
final class Canaries {
  private static final int FIRST = 70_001;

  private final Map<String, String> words = new LinkedHashMap<>();

  /// A word for a name: made like a token, spelt the same in a URL and in JSON, and as long as the
  /// name of a thread may be. The same name always gets the same word.
  String plant(String name) {
    return words.computeIfAbsent(name, _ -> "Canary" + (FIRST + words.size()) + "Sing");
  }

  /// The names of the words that a text contains, in upper or lower case, and in Base64 at any
  /// offset.
  Set<String> in(String text) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    Set<String> names = new TreeSet<>();
    words.forEach((name, word) -> {
      if (lowerCase.contains(word.toLowerCase(Locale.ROOT)) || holdsEncoded(text, word)) {
        names.add(name);
      }
    });
    return names;
  }

  private static boolean holdsEncoded(String text, String word) {
    return text.contains(encoded(word, 0))
        || text.contains(encoded(word, 1))
        || text.contains(encoded(word, 2));
  }

  /// The part of the Base64 of something longer that depends on the word alone.
  ///
  /// @param before how many bytes stand before it, modulo three
  private static String encoded(String word, int before) {
    byte[] bytes = word.getBytes(UTF_8);
    byte[] longer = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, longer, before, bytes.length);
    byte[] whole = Arrays.copyOf(longer, longer.length - longer.length % 3);
    String encoded = Base64.getEncoder().encodeToString(whole);
    return before == 0 ? encoded : encoded.substring(4);
  }
}
