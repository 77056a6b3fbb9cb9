package dev.logshipper.client.aws;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.support.AwsSettings;
import java.net.URI;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/// The credentials that sign a sink's requests. Thread-safe, without background activity.
sealed interface SinkCredentials extends AwsCredentialsProvider
    permits FixedCredentials, RenewedCredentials {

  /// Their owner.
  Principal principal();

  /// Discards rejected credentials; returns whether there may be new ones.
  boolean forget();

  /// The source of the credentials from their request until they arrive; null otherwise.
  default @Nullable String pending() {
    return null;
  }

  /// The owner of credentials, for messages.
  ///
  /// @param name such as `the function's role`
  /// @param variables to check if the credentials are rejected
  record Principal(String name, String variables) {
    static final Principal FUNCTION =
        new Principal(
            "the function's role",
            "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN");
  }

  /// The credentials that the variables ask for.
  ///
  /// @throws IllegalArgumentException when there are none
  static SinkCredentials of(
      IdentitySettings identity,
      SinkContext context,
      SdkHttp1Client http,
      LongSupplier epochMillis) {
    Settings settings = context.settings();
    FunctionIdentity function = context.function();
    SinkCredentials own = identity.keys(settings, context.diagnostics());
    SinkCredentials source = own == null ? ofFunction(settings, http, epochMillis) : own;
    IdentitySettings.Role role = identity.role(settings, function.name(), context.diagnostics());
    if (role == null) {
      return source;
    }
    ServiceEndpoint sts = ServiceEndpoint.sts(AwsAccess.STS_ENDPOINT, settings, function.region());
    return new RenewedCredentials(
        new AssumedRole(role, source, sts, function.region(), http), epochMillis);
  }

  /// The credentials of the function's role, from the variables or, with SnapStart, from the local
  /// endpoint.
  ///
  /// @throws IllegalArgumentException when the variables contain neither
  static SinkCredentials ofFunction(
      Settings settings, SdkHttpClient http, LongSupplier epochMillis) {
    FixedCredentials fixed =
        FixedCredentials.of(
            Principal.FUNCTION,
            settings.find(AwsSettings.ACCESS_KEY_ID).orElse(null),
            settings.find(AwsSettings.SECRET_ACCESS_KEY).orElse(null),
            settings.find(AwsSettings.SESSION_TOKEN).orElse(null));
    if (fixed != null) {
      return fixed;
    }
    URI uri =
        settings
            .find(AwsSettings.CREDENTIALS_URI)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "no credentials: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                        + " AWS_CONTAINER_CREDENTIALS_FULL_URI, as Lambda sets them"));
    String token = settings.find(AwsSettings.CREDENTIALS_TOKEN).orElse("");
    return new RenewedCredentials(new ContainerCredentials(uri, token, http), epochMillis);
  }
}
