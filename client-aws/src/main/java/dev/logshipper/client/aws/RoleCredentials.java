package dev.logshipper.client.aws;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.support.AwsSettings;
import java.net.URI;
import java.util.function.LongSupplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpClient;

/// The credentials of the function's role. Thread-safe, without background activity.
sealed interface RoleCredentials extends AwsCredentialsProvider
    permits ContainerCredentials, FixedCredentials {

  /// Discards expired credentials; returns whether there may be new ones.
  boolean forget();

  /// Credentials from the variables or, with SnapStart, from the local endpoint.
  ///
  /// @throws IllegalArgumentException when the variables contain neither
  static RoleCredentials of(Settings settings, SdkHttpClient http, LongSupplier epochMillis) {
    String key = settings.find(AwsSettings.ACCESS_KEY_ID).orElse(null);
    String secret = settings.find(AwsSettings.SECRET_ACCESS_KEY).orElse(null);
    if (key != null && secret != null) {
      String token = settings.find(AwsSettings.SESSION_TOKEN).orElse(null);
      AwsCredentials fixed =
          token == null
              ? AwsBasicCredentials.create(key, secret)
              : AwsSessionCredentials.create(key, secret, token);
      return new FixedCredentials(fixed);
    }
    URI uri =
        settings
            .find(AwsSettings.CREDENTIALS_URI)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "no credentials: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                        + " AWS_CONTAINER_CREDENTIALS_FULL_URI, as Lambda sets them"));
    String token = settings.find(AwsSettings.CREDENTIALS_TOKEN).orElse("");
    return new ContainerCredentials(uri, token, http, epochMillis);
  }
}
