package dev.logshipper.client.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;

/// Credentials that are valid for the lifetime of the process. Immutable.
final class FixedCredentials implements RoleCredentials {
  private final AwsCredentials credentials;

  FixedCredentials(AwsCredentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return credentials;
  }

  @Override
  public boolean forget() {
    return false;
  }
}
