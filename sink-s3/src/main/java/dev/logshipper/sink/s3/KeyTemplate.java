package dev.logshipper.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Parser;
import dev.logshipper.sink.support.text.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A template for object keys: text with placeholders such as `{year}`. Immutable and thread-safe.
///
/// With any values, a key stays within S3's limit and has no part with a special meaning to file
/// systems, shells or URLs.
final class KeyTemplate {
  /// The key of the Adaptive Batching Extension.
  static final KeyTemplate DEFAULT =
      new KeyTemplate("{year}-{month}-{day}-{environment}/{function}-{millis}-{file}.log");

  /// S3 allows 1024 bytes, including the suffix of a compression.
  private static final int KEY_BYTES_MAX = 1024 - 4;

  /// The printable ASCII characters that S3's documentation advises to avoid.
  private static final String AVOIDED = "\\{}^%`[]\"<>~#|";

  private static final int TENANT_CHARS_MAX = 256;

  /// Of records without a tenant; no tenant's text, in which an underscore begins two digits.
  private static final String NO_TENANT = "_none";

  private static final String HEX = "0123456789abcdef";

  private final String text;
  private final List<Part> parts = new ArrayList<>();

  /// @throws IllegalArgumentException when the text is not a template
  private KeyTemplate(String text) {
    this.text = text;
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      addLiteral(text.substring(at, open < 0 ? text.length() : open));
      if (open < 0) {
        break;
      }
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException();
      }
      parts.add(Placeholder.valueOf(text.substring(open + 1, close).toUpperCase(Locale.ROOT)));
      at = close + 1;
    }
    validate();
  }

  /// The values of the placeholders.
  ///
  /// @param epochMillis time of the batch
  /// @param environment id of the execution environment
  /// @param tenant of all records in the object; empty for none
  /// @param file id of the object
  record Names(
      String function,
      String version,
      String region,
      long epochMillis,
      String environment,
      String tenant,
      String file) {}

  static Parser<KeyTemplate> parser() {
    return Parser.of(
        "a key of at most "
            + KEY_BYTES_MAX
            + " bytes with {file} in it, no empty or dotted folder and no placeholder but {year},"
            + " {month}, {day}, {hour}, {millis}, {function}, {version}, {region}, {environment}, {tenant}",
        KeyTemplate::parse);
  }

  /// The key of one object.
  String fill(Names names) {
    StringBuilder key = new StringBuilder(128);
    for (Part part : parts) {
      part.append(key, names);
    }
    return key.toString();
  }

  /// Whether an object must hold the records of one tenant only.
  boolean hasTenant() {
    return parts.contains(Placeholder.TENANT);
  }

  /// The template as text.
  @Override
  public String toString() {
    return text;
  }

  private static @Nullable KeyTemplate parse(String text) {
    try {
      return new KeyTemplate(text.strip());
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private void addLiteral(String literal) {
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c < 0x20 || c > 0x7e || AVOIDED.indexOf(c) >= 0) {
        throw new IllegalArgumentException();
      }
    }
    parts.add((key, _) -> key.append(literal));
  }

  /// Checks that keys are unique, and that the longest one is within the limit.
  private void validate() {
    String longest =
        fill(
            new Names(
                "f".repeat(64),
                "v".repeat(20),
                "r".repeat(30),
                0,
                "e".repeat(36),
                "t".repeat(TENANT_CHARS_MAX),
                "f".repeat(36)));
    boolean folders = true;
    for (String folder : longest.split("/", -1)) {
      folders &= !folder.isEmpty() && !folder.equals(".") && !folder.equals("..");
    }
    if (!folders || !parts.contains(Placeholder.FILE) || longest.length() > KEY_BYTES_MAX) {
      throw new IllegalArgumentException();
    }
  }

  private interface Part {
    void append(StringBuilder key, Names names);
  }

  private enum Placeholder implements Part {
    YEAR,
    MONTH,
    DAY,
    HOUR,
    MILLIS,
    FUNCTION,
    VERSION,
    REGION,
    ENVIRONMENT,
    TENANT,
    FILE;

    @Override
    public void append(StringBuilder key, Names names) {
      switch (this) {
        case YEAR -> appendTime(key, names, 0, 4);
        case MONTH -> appendTime(key, names, 5, 7);
        case DAY -> appendTime(key, names, 8, 10);
        case HOUR -> appendTime(key, names, 11, 13);
        case MILLIS -> key.append(names.epochMillis());
        case FUNCTION -> appendPlain(key, names.function().toLowerCase(Locale.ROOT), 64);
        case VERSION -> appendPlain(key, names.version(), 20);
        case REGION -> appendPlain(key, names.region(), 30);
        case ENVIRONMENT -> key.append(names.environment());
        case TENANT -> appendTenant(key, names.tenant());
        case FILE -> key.append(names.file());
      }
    }

    /// Part of a time such as `2026-11-21T10:15:30.123Z`.
    private static void appendTime(StringBuilder key, Names names, int from, int to) {
      key.append(Timestamps.format(names.epochMillis()), from, to);
    }

    /// Two tenants never have the same text: any other character is its code.
    private static void appendTenant(StringBuilder key, String tenant) {
      if (tenant.isEmpty()) {
        key.append(NO_TENANT);
      }
      int start = key.length();
      for (byte b : tenant.getBytes(UTF_8)) {
        boolean plain =
            (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-';
        if (plain) {
          key.append((char) b);
        } else {
          key.append('_').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
        }
      }
      if (key.length() - start > TENANT_CHARS_MAX) {
        key.setLength(start);
        key.append(UUID.nameUUIDFromBytes(tenant.getBytes(UTF_8)));
      }
    }

    /// A version may be `$LATEST`, which would be a variable to a shell.
    private static void appendPlain(StringBuilder key, String value, int charsMax) {
      for (int i = 0; i < Math.min(value.length(), charsMax); i++) {
        char c = value.charAt(i);
        boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        key.append(plain || c == '-' || c == '_' ? c : '_');
      }
    }
  }
}
