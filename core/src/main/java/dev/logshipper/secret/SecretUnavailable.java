package dev.logshipper.secret;

/// A secret could not be read. The message is the reason, for users, and contains no secret.
final class SecretUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  SecretUnavailable(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
