package dev.logshipper.redact;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The kinds of values that a [Redactor] finds. A value of a kind becomes `[kind]`.
public enum RedactionKind {
  /// Payment card numbers.
  CARD("card"),
  /// Mail addresses.
  EMAIL("email"),
  /// International bank account numbers.
  IBAN("iban"),
  /// Tokens after `Bearer`.
  BEARER("bearer"),
  /// Credentials after `Basic`.
  BASIC("basic"),
  /// AWS access key ids, secret access keys and session tokens.
  AWS_KEY("aws-key"),
  /// Private keys in PEM.
  PRIVATE_KEY("private-key"),
  /// JSON web tokens.
  JWT("jwt"),
  /// US social security numbers.
  SSN("ssn"),
  /// IPv4 addresses.
  IPV4("ipv4"),
  /// IPv6 addresses.
  IPV6("ipv6");

  /// The accepted lists, in words, to follow "expected".
  public static final String EXPECTED =
      "a comma-separated list of card, email, iban, bearer, basic, aws-key, private-key, jwt, ssn,"
          + " ip, ipv4, ipv6, or all";

  private final String word;

  RedactionKind(String word) {
    this.word = word;
  }

  /// The kinds that a comma-separated list names: their words, `ip` for both kinds of addresses,
  /// `all`.
  ///
  /// @return null when a name is unknown
  public static @Nullable Set<RedactionKind> parse(String list) {
    Set<RedactionKind> kinds = EnumSet.noneOf(RedactionKind.class);
    for (String part : list.split(",", -1)) {
      String name = part.strip().toLowerCase(Locale.ROOT).replace('_', '-');
      if (!addNamed(name, kinds)) {
        return null;
      }
    }
    return kinds;
  }

  private static boolean addNamed(String name, Set<RedactionKind> kinds) {
    boolean known = false;
    for (RedactionKind kind : values()) {
      boolean isAddress = kind == IPV4 || kind == IPV6;
      if (name.equals(kind.word) || name.equals("all") || (isAddress && name.equals("ip"))) {
        kinds.add(kind);
        known = true;
      }
    }
    return known;
  }

  /// Its name in lists and in place of values.
  String word() {
    return word;
  }

  /// The scanner that finds its values.
  ValueScanner scanner() {
    return switch (this) {
      case CARD -> new CardScanner();
      case EMAIL -> new EmailScanner();
      case IBAN -> new IbanScanner();
      case BEARER -> new BearerScanner();
      case BASIC -> new BasicScanner();
      case AWS_KEY -> new AwsKeyScanner();
      case PRIVATE_KEY -> new PrivateKeyScanner();
      case JWT -> new JwtScanner();
      case SSN -> new SsnScanner();
      case IPV4 -> new Ipv4Scanner();
      case IPV6 -> new Ipv6Scanner();
    };
  }

  @Override
  public String toString() {
    return word;
  }
}
