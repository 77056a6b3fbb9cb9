package dev.logshipper.client.aws;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/// Credentials that are valid for the lifetime of the process. Immutable.
final class FixedCredentials implements SinkCredentials {
  private final Principal principal;
  private final AwsCredentials credentials;

  private FixedCredentials(Principal principal, AwsCredentials credentials) {
    this.principal = principal;
    this.credentials = credentials;
  }

  /// Credentials, or null unless there are both an id and a secret.
  static @Nullable FixedCredentials of(
      Principal principal, @Nullable String id, @Nullable String secret, @Nullable String token) {
    if (id == null || secret == null) {
      return null;
    }
    return new FixedCredentials(
        principal,
        token == null
            ? AwsBasicCredentials.create(id, secret)
            : AwsSessionCredentials.create(id, secret, token));
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return credentials;
  }

  @Override
  public Principal principal() {
    return principal;
  }

  @Override
  public boolean forget() {
    return false;
  }
}
