package dev.logshipper.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Parser;
import dev.logshipper.config.UnusableTextException;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Parsers for the settings of this sink. Thread-safe.
final class S3Parsers {
  private static final int BUCKET_CHARS_MIN = 3;
  private static final int BUCKET_CHARS_MAX = 63;
  private static final List<String> LOG_TYPES = List.of("platform", "function", "extension");

  private S3Parsers() {}

  /// The name of a bucket, or the ARN of an access point. Source: "General purpose bucket naming
  /// rules" in S3's manual; buckets made in us-east-1 before March 2018, and those of other stores,
  /// may also have capitals and underscores. The store reports any other rule that a name breaks.
  static Parser<String> bucket() {
    return Parser.of(
        "the name of a bucket, 3 to 63 letters, digits, dots, dashes and underscores, or the ARN of"
            + " an access point",
        S3Parsers::bucketOf);
  }

  /// A region's name.
  static Parser<String> region() {
    return Parser.of("a region such as eu-west-1 or auto", text -> regionOf(text.strip()));
  }

  /// An account's number.
  static Parser<String> account() {
    return Parser.of(
        "an account number of 12 digits",
        text -> {
          String number = text.strip();
          return number.length() == 12 && consistsOf(number, false, "") ? number : null;
        });
  }

  /// A JSON array of types of records. As documented by the replaced extension, unknown types are
  /// ignored, and an array without a known one counts as not set.
  static Parser<List<String>> logTypes() {
    return Parser.lenient(
        "a JSON array of some of \"platform\", \"function\" and \"extension\"",
        S3Parsers::logTypesOf);
  }

  private static String bucketOf(String text) {
    String name = text.strip();
    if (name.startsWith("arn:")) {
      return accessPoint(name);
    }
    if (name.indexOf('/') >= 0) {
      throw new UnusableTextException(
          name.contains("://") ? "a URL" : "a / (a prefix of keys belongs in PUSHER_S3_KEY)");
    }
    if (!consistsOf(name, true, "._-")) {
      throw new UnusableTextException("a character that no bucket's name has");
    }
    if (name.length() < BUCKET_CHARS_MIN || name.length() > BUCKET_CHARS_MAX) {
      throw new UnusableTextException(name.length() + " characters");
    }
    return name;
  }

  private static String accessPoint(String arn) {
    if (!arn.contains("accesspoint")) {
      throw new UnusableTextException(
          arn.contains(":s3:::")
              ? "the ARN of a bucket, not its name"
              : "the ARN of something else");
    }
    return arn;
  }

  /// The text if it can name a region, otherwise null. Other stores than AWS's have names such as
  /// `auto` and `gra`; the SDK accepts a label of a host name.
  static @Nullable String regionOf(String text) {
    boolean fits = !text.isEmpty() && text.length() <= 63 && consistsOf(text, true, "-");
    return fits
            && text.charAt(0) != '-'
            && !text.endsWith("-")
            && text.equals(text.toLowerCase(Locale.ROOT))
        ? text
        : null;
  }

  private static Parser.@Nullable Reading<List<String>> logTypesOf(String text) {
    List<String> known = new ArrayList<>();
    boolean ignored = false;
    try {
      JsonReader json = new JsonReader(text.strip().getBytes(UTF_8));
      json.expect('[');
      while (!json.accept(']')) {
        String type = json.textOrEmpty();
        if (!LOG_TYPES.contains(type)) {
          ignored = true;
        } else if (!known.contains(type)) {
          known.add(type);
        }
        if (!json.accept(',') && json.peek() != ']') {
          return null;
        }
      }
      if (!json.atEnd() || known.isEmpty()) {
        return null;
      }
    } catch (JsonException _) {
      return null;
    }
    String remark = ignored ? String.join(" and ", known) + " are used" : null;
    return new Parser.Reading<>(List.copyOf(known), remark);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// Whether a text consists of digits, of letters if allowed, and of the other characters.
  private static boolean consistsOf(String text, boolean letters, String others) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && !(letters && isLetter(c)) && others.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
