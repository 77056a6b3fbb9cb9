package dev.logshipper.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/// Made-up log lines: with a value of each kind in settings as they occur, and with things that
/// look like values. The same in each run.
final class Corpus {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final String[] IBANS = {"DE:18", "GB:14+4", "FR:10+11", "NO:11", "ES:20", "CH:17"};
  private static final String[] SETTINGS = {
    "%s",
    "value %s was used",
    "INFO [main] user (%s) logged in",
    "name=%s status=200",
    "\"%s\"",
    "{\"msg\":\"%s\"}",
    "2026-11-21T10:15:30.123Z 459921b5-681c-4a96-beb0-81e0aa586026 INFO got %s, retrying",
    "a;%s;b",
    "<value>%s</value>",
    "first line\n%s\nlast line",
    "value: %s.",
    "ids [%s]",
    "/path?x=%s&y=1",
    "'%s'",
  };

  private final Random random = new Random(20_261_128);

  /// A line, and the value in it.
  record Positive(RedactionKind kind, String line, String value) {}

  List<Positive> positives(int perKind) {
    List<Positive> positives = new ArrayList<>();
    for (RedactionKind kind : RedactionKind.values()) {
      for (int i = 0; i < perKind; i++) {
        String value = value(kind);
        String setting = SETTINGS[i % SETTINGS.length];
        String line = setting.replace("%s", introduction(kind, i) + value);
        positives.add(new Positive(kind, line, value));
      }
    }
    return positives;
  }

  List<String> negatives(int perKind) {
    List<String> negatives = new ArrayList<>();
    for (int i = 0; i < perKind; i++) {
      for (String value : lookalikes()) {
        negatives.add(SETTINGS[i % SETTINGS.length].replace("%s", value));
      }
    }
    return negatives;
  }

  private String introduction(RedactionKind kind, int i) {
    return switch (kind) {
      case BEARER -> i % 2 == 0 ? "Authorization: Bearer " : "bearer ";
      case BASIC -> i % 2 == 0 ? "authorization: Basic " : "Basic ";
      default -> "";
    };
  }

  private String value(RedactionKind kind) {
    return switch (kind) {
      case CARD -> card();
      case EMAIL ->
          letters(1, 8)
              + oneOf("", ".", "+", "_")
              + letters(1, 6)
              + "@"
              + letters(2, 10)
              + "."
              + oneOf("com", "de", "co.uk", "io", "museum");
      case IBAN -> iban();
      case BEARER -> letters(6, 20) + number(1, 9999) + oneOf("", "-x", "~a", "==");
      case BASIC ->
          Base64.getEncoder()
              .encodeToString((letters(3, 9) + ":" + letters(3, 12)).getBytes(UTF_8));
      case AWS_KEY -> oneOf("AKIA", "ASIA") + upper(16);
      case PRIVATE_KEY ->
          "-----BEGIN "
              + oneOf("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ")
              + "PRIVATE KEY-----\n"
              + base64(64)
              + "\n"
              + base64(30)
              + "==\n-----END PRIVATE KEY-----";
      case JWT ->
          jwtPart(
                  "{\"alg\":\""
                      + oneOf("RS256", "HS512", "ES256")
                      + "\",\"kid\":\""
                      + number(0, 99)
                      + "\"}")
              + "."
              + jwtPart("{\"sub\":\"" + letters(5, 9) + "\"}")
              + "."
              + jwtPart(letters(32, 40));
      case SSN ->
          String.format(
              Locale.ROOT, "%03d-%02d-%04d", number(1, 665), number(1, 99), number(1, 9999));
      case IPV4 ->
          number(1, 255) + "." + number(0, 255) + "." + number(0, 255) + "." + number(1, 255);
      case IPV6 -> ipv6();
    };
  }

  private List<String> lookalikes() {
    return List.of(
        new UUID(random.nextLong(), random.nextLong()).toString(),
        String.format(
            Locale.ROOT,
            "2026-%02d-%02dT10:15:30.%09dZ",
            number(1, 12),
            number(1, 28),
            number(0, 999_999_999)),
        String.valueOf(1_600_000_000_000L + random.nextInt(1_000_000_000)),
        number(0, 30) + "." + number(0, 30) + "." + number(0, 30),
        "v" + number(0, 30) + "." + number(0, 30) + "." + number(0, 30) + "." + number(0, 30),
        String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong()),
        "+49 " + number(150, 179) + " " + number(1_000_000, 9_999_999),
        "+1-" + number(200, 999) + "-" + number(200, 999) + "-" + number(1000, 9999),
        number(0, 9999) + "." + number(10, 99) + " EUR",
        "ord-" + number(100_000, 999_999) + "-" + number(1000, 9999),
        "took " + random.nextDouble() + " s",
        "arn:aws:lambda:eu-west-1:"
            + number(100_000_000, 999_999_999)
            + "000:function:"
            + letters(3, 9),
        "1-"
            + String.format(
                Locale.ROOT,
                "%08x-%016x%08x",
                random.nextInt(),
                random.nextLong(),
                random.nextInt()),
        "@" + letters(3, 8) + "/" + letters(3, 8) + "@" + number(0, 9) + "." + number(0, 9) + ".0",
        letters(3, 8) + "::" + letters(3, 8) + "()",
        number(10, 23) + ":" + number(10, 59) + ":" + number(10, 59),
        "basic " + letters(4, 12) + " for the bearer of " + letters(3, 9),
        "sha256:"
            + String.format(
                Locale.ROOT,
                "%016x%016x%016x%016x",
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong()),
        number(0, 999) + "." + number(256, 999) + "." + number(0, 999) + "." + number(0, 999),
        "https://" + letters(3, 9) + ".example.com/" + letters(3, 9) + "/" + number(1, 99_999));
  }

  private String card() {
    String prefix = oneOf("4", "51", "55", "34", "37", "6011", "3530", "36", "62", "2221");
    int length = prefix.startsWith("34") || prefix.startsWith("37") ? 15 : 16;
    StringBuilder digits = new StringBuilder(prefix);
    while (digits.length() < length - 1) {
      digits.append(random.nextInt(10));
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? digit * 2 - (digit > 4 ? 9 : 0) : digit;
    }
    digits.append((10 - sum % 10) % 10);
    String separator = oneOf("", "", " ", "-");
    return length == 15
        ? digits.substring(0, 4)
            + separator
            + digits.substring(4, 10)
            + separator
            + digits.substring(10)
        : digits.substring(0, 4)
            + separator
            + digits.substring(4, 8)
            + separator
            + digits.substring(8, 12)
            + separator
            + digits.substring(12);
  }

  private String iban() {
    String[] form = oneOf(IBANS).split("[:+]", -1);
    String account =
        form[0].equals("GB")
            ? "WEST" + digits(14)
            : digits(
                form.length == 3 ? 21 + ("FR".equals(form[0]) ? 2 : 0) : Integer.parseInt(form[1]));
    StringBuilder number = new StringBuilder();
    String rearranged = account + form[0] + "00";
    for (int i = 0; i < rearranged.length(); i++) {
      number.append(Character.digit(rearranged.charAt(i), 36));
    }
    int check = 98 - new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue();
    String iban = form[0] + String.format(Locale.ROOT, "%02d", check) + account;
    return random.nextBoolean() ? iban : iban.replaceAll("(.{4})(?=.)", "$1 ");
  }

  private String ipv6() {
    String group = "%x:".formatted(number(0, 65_535));
    return switch (random.nextInt(4)) {
      case 0 -> "2001:db8::" + Integer.toHexString(number(0, 65_535));
      case 1 -> "fe80::" + group + group + "1";
      case 2 -> group.repeat(7) + Integer.toHexString(number(0, 65_535));
      default -> "::ffff:" + value(RedactionKind.IPV4);
    };
  }

  private static String jwtPart(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private String digits(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(10));
    }
    return text.toString();
  }

  private String letters(int min, int max) {
    return chars(LETTERS, number(min, max));
  }

  private String upper(int length) {
    return chars("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", length);
  }

  private String base64(int length) {
    return chars(BASE64, length);
  }

  private String chars(String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private int number(int min, int max) {
    return min + random.nextInt(max - min + 1);
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
