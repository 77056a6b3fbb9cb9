package dev.logshipper.client.aws;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/// Credentials that expire, requested when needed and kept until shortly before that. The clock
/// continues while the environment is frozen. Thread-safe.
final class RenewedCredentials implements SinkCredentials {
  private static final long EARLY_MILLIS = Duration.ofMinutes(5).toMillis();

  /// Within this time, another request would return the same credentials.
  private static final long FRESH_MILLIS = Duration.ofMinutes(1).toMillis();

  private final Source source;
  private final LongSupplier epochMillis;
  private @Nullable Temporary known;
  private long requestedAtMillis;
  private volatile boolean pending;

  /// An issuer of credentials. Its text is its name for messages.
  interface Source {
    /// Requests new credentials.
    Temporary request() throws CredentialsUnavailable;

    /// The owner of the credentials.
    Principal principal();
  }

  /// @param expiryMillis since 1970
  record Temporary(AwsSessionCredentials credentials, long expiryMillis) {}

  /// @param epochMillis wall clock
  RenewedCredentials(Source source, LongSupplier epochMillis) {
    this.source = source;
    this.epochMillis = epochMillis;
  }

  /// @throws SdkClientException when they are unavailable; its cause is [CredentialsUnavailable]
  @Override
  public synchronized AwsCredentials resolveCredentials() {
    Temporary kept = known;
    long now = epochMillis.getAsLong();
    if (kept != null && now < kept.expiryMillis - EARLY_MILLIS) {
      return kept.credentials;
    }
    pending = true;
    try {
      Temporary fresh = source.request();
      known = fresh;
      requestedAtMillis = now;
      pending = false;
      return fresh.credentials;
    } catch (CredentialsUnavailable failure) {
      if (kept != null && now < kept.expiryMillis) {
        pending = false;
        return kept.credentials;
      }
      throw SdkClientException.create("no credentials", failure);
    }
  }

  @Override
  public Principal principal() {
    return source.principal();
  }

  @Override
  public synchronized boolean forget() {
    known = null;
    return epochMillis.getAsLong() - requestedAtMillis > FRESH_MILLIS;
  }

  @Override
  public @Nullable String pending() {
    return pending ? source.toString() : null;
  }
}
