package dev.logshipper.client.aws;

import java.io.IOException;

/// There are no credentials to sign a request with. The message is for the user, without a secret.
final class CredentialsUnavailable extends IOException {
  private static final long serialVersionUID = 1;

  CredentialsUnavailable(String message) {
    super(message);
  }

  /// The message of this failure.
  String reason() {
    return String.valueOf(getMessage());
  }
}
