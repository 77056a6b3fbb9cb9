package dev.logshipper.client.aws;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.support.AwsSettings;
import dev.logshipper.sink.support.ConnectionVariables;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The endpoint of a service of AWS. Immutable.
///
/// @param url null for the public one
/// @param variables that may be the cause of a failed connection
record ServiceEndpoint(@Nullable URI url, ConnectionVariables variables) {
  /// The endpoint as configured by the variables.
  ///
  /// @param ofService takes precedence over the variable for all services
  static ServiceEndpoint of(Setting<URI> ofService, Settings settings) {
    Setting<URI> chosen = settings.isSet(ofService) ? ofService : AwsSettings.ENDPOINT;
    URI url = settings.find(chosen).orElse(null);
    return new ServiceEndpoint(
        url,
        new ConnectionVariables(
            url == null ? "" : chosen.name(), AwsSettings.CA_BUNDLE.name(), ""));
  }

  /// The endpoint of STS, public or not.
  ///
  /// @param ofSts the variable with it
  /// @throws IllegalArgumentException when no public one is known
  static ServiceEndpoint sts(Setting<URI> ofSts, Settings settings, String region) {
    ServiceEndpoint configured = of(ofSts, settings);
    if (configured.url != null) {
      return configured;
    }
    URI known = AwsSettings.publicEndpoint("sts", region, settings);
    if (known == null) {
      throw new IllegalArgumentException(
          "there is no known endpoint of STS in " + region + ": set " + ofSts.name());
    }
    return new ServiceEndpoint(known, configured.variables);
  }

  /// The configured URL.
  URI required() {
    return Objects.requireNonNull(url);
  }
}
