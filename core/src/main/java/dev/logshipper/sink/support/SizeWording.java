package dev.logshipper.sink.support;

import java.util.List;

/// Recognizes error texts and codes that decline a request for its size: "request body too large",
/// `PayloadTooLarge`, "size:900000 bytes) exceeds the limit". Stateless.
public final class SizeWording {
  /// With a subject nearby, a request is compared.
  private static final List<String> COMPARISONS =
      List.of(
          "toolarge",
          "toobig",
          "toolong",
          "largerthan",
          "biggerthan",
          "longerthan",
          "bufferoverflow");

  private static final List<String> SUBJECTS =
      List.of(
          "body", "request", "payload", "entity", "batch", "content", "message", "post", "upload",
          "object", "block", "data");

  /// With a measure nearby, the limit is one of size.
  private static final List<String> LIMITS =
      List.of("exceed", "overthelimit", "abovethelimit", "maximum", "maxallowed");

  private static final List<String> MEASURES =
      List.of("size", "length", "bytes", "body", "payload", "content", "entity");

  /// Other limits.
  private static final List<String> EXCLUDED =
      List.of(
          "rate",
          "quota",
          "throttl",
          "persecond",
          "daily",
          "month",
          "header",
          "cookie",
          "url",
          "uri",
          "metadata",
          "concurren",
          "connection");

  /// Letters and digits before and after a sign that belong to it.
  private static final int BEFORE = 50;

  private static final int AFTER = 40;

  private SizeWording() {}

  /// Whether a smaller request may be accepted.
  ///
  /// @param text of an error, its code included
  public static boolean isIn(String text) {
    String letters = lettersAndDigits(text);
    return hasAnyNear(letters, COMPARISONS, SUBJECTS) || hasAnyNear(letters, LIMITS, MEASURES);
  }

  /// In lower case, so that `payload_too_large`, `PayloadTooLarge` and "payload too large" are one.
  private static String lettersAndDigits(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        letters.append(c);
      } else if (c >= 'A' && c <= 'Z') {
        letters.append((char) (c + 'a' - 'A'));
      }
    }
    return letters.toString();
  }

  private static boolean hasAnyNear(String text, List<String> signs, List<String> required) {
    for (String sign : signs) {
      for (int at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
        int end = Math.min(text.length(), at + sign.length() + AFTER);
        String near = text.substring(Math.max(0, at - BEFORE), end);
        if (hasAny(near, required) && !hasAny(near, EXCLUDED)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasAny(String text, List<String> words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
