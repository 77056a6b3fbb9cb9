package dev.logshipper.client.aws;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.support.AwsSettings;
import dev.logshipper.sink.support.ConnectionVariables;
import dev.logshipper.sink.support.Http1Request;
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

  /// Whether the public endpoint is to be of a kind. The SDK rejects one together with another
  /// endpoint.
  boolean isOfKind(Setting<Boolean> kind, Settings settings) {
    return url == null && settings.get(kind);
  }

  /// The service and its region, or the endpoint set, for messages.
  String name(String service, String region, Settings settings) {
    if (url != null) {
      return Http1Request.Origin.of(url).toString();
    }
    // Not every service has such an endpoint in every region.
    String kind = "";
    if (settings.get(AwsSettings.USE_FIPS)) {
      kind = " (AWS_USE_FIPS_ENDPOINT is true)";
    } else if (settings.get(AwsSettings.USE_DUAL_STACK)) {
      kind = " (AWS_USE_DUALSTACK_ENDPOINT is true)";
    }
    return service + " in " + region + kind;
  }
}
