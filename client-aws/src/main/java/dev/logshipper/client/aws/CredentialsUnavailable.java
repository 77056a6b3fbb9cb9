package dev.logshipper.client.aws;

import java.io.IOException;

/// The local endpoint returned no credentials.
final class CredentialsUnavailable extends IOException {
  private static final long serialVersionUID = 1;

  CredentialsUnavailable(Exception cause) {
    super("no credentials from AWS_CONTAINER_CREDENTIALS_FULL_URI", cause);
  }
}
