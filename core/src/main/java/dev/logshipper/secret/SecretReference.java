package dev.logshipper.secret;

import dev.logshipper.sink.support.AwsPartition;
import org.jspecify.annotations.Nullable;

/// The ARN of a secret of Secrets Manager or of a parameter of SSM, perhaps with the name of a
/// member of the JSON object that it holds: `arn:…:secret:NAME-AbCdEf#password`. Immutable.
///
/// @param key name of the member; empty for the whole text
record SecretReference(Service service, String region, String arn, String key) {
  static final String EXPECTED =
      "the ARN of a secret (arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME, perhaps with"
          + " #json-key) or of a parameter (arn:aws:ssm:REGION:ACCOUNT:parameter/NAME)";

  private static final String PREFIX = "arn:";
  private static final int ARN_PARTS = 6;
  private static final int ACCOUNT_DIGITS = 12;

  /// A service that keeps secrets.
  enum Service {
    SECRETS_MANAGER(
        "secretsmanager",
        "Secrets Manager",
        "secret:",
        "/_+=.@-!",
        "secretsmanager.GetSecretValue"),
    SSM("ssm", "SSM", "parameter/", "/_.-:", "AmazonSSM.GetParameter");

    /// As in ARNs, names of endpoints and signatures.
    final String id;

    /// Its name in messages.
    final String title;

    /// Name of the operation in requests.
    final String target;

    /// Beginning of the last part of an ARN.
    private final String resource;

    /// Allowed in names in addition to letters and digits.
    private final String nameSigns;

    Service(String id, String title, String resource, String nameSigns, String target) {
      this.id = id;
      this.title = title;
      this.resource = resource;
      this.nameSigns = nameSigns;
      this.target = target;
    }

    /// The action that the function's role needs.
    String action() {
      return id + ":" + target.substring(target.indexOf('.') + 1);
    }
  }

  /// Whether a text claims to be an ARN.
  static boolean isArn(String text) {
    return text.startsWith(PREFIX);
  }

  /// Whether a text is the ARN of one of the services, but not of a secret. In a list, other ARNs
  /// are values like any others.
  static boolean isDamaged(String text) {
    String[] parts = text.split(":", ARN_PARTS);
    return isArn(text) && parts.length > 2 && service(parts[2]) != null && parse(text) == null;
  }

  /// Reads a reference.
  ///
  /// @return null if the text is none
  static @Nullable SecretReference parse(String text) {
    int hash = text.indexOf('#');
    String arn = hash < 0 ? text : text.substring(0, hash);
    String key = hash < 0 ? "" : text.substring(hash + 1);
    String[] parts = arn.split(":", ARN_PARTS);
    if (parts.length < ARN_PARTS || !parts[0].equals("arn") || (hash >= 0 && key.isEmpty())) {
      return null;
    }
    Service service = service(parts[2]);
    if (service == null || !isIn(parts[3], parts[1]) || !isAccount(parts[4])) {
      return null;
    }
    return isResource(parts[5], service) ? new SecretReference(service, parts[3], arn, key) : null;
  }

  private static @Nullable Service service(String id) {
    for (Service service : Service.values()) {
      if (service.id.equals(id)) {
        return service;
      }
    }
    return null;
  }

  private static boolean isIn(String region, String partition) {
    AwsPartition known = AwsPartition.of(region);
    return known != null && known.name().equals(partition) && isMadeOf(region, "-");
  }

  private static boolean isAccount(String text) {
    if (text.length() != ACCOUNT_DIGITS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isResource(String text, Service service) {
    return text.startsWith(service.resource)
        && text.length() > service.resource.length()
        && isMadeOf(text.substring(service.resource.length()), service.nameSigns);
  }

  /// Whether a text has only letters, digits and certain signs.
  private static boolean isMadeOf(String text, String signs) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && signs.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /// The service only: the name of a secret is not for logs.
  @Override
  public String toString() {
    return "a reference to " + service.title;
  }
}
