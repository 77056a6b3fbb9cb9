package dev.logshipper.sink.support;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Diagnostics;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The variables of AWS's own tools that several sinks read: each is one object, shared by the
/// sinks that declare it. Settings that may contain credentials are secret, URLs included.
public final class AwsSettings {
  private static final String OF_ROLE = "Set by Lambda; credentials of the function's role";

  private AwsSettings() {}

  /// Endpoint of every service, if not the public one.
  public static final Setting<URI> ENDPOINT =
      Setting.optional(
              "AWS_ENDPOINT_URL",
              Parsers.httpUrl(),
              "The same for every AWS service; the service's own variable takes precedence")
          .secret();

  /// Whether the public endpoints are those with cryptography validated by FIPS 140.
  public static final Setting<Boolean> USE_FIPS =
      Setting.withDefault(
          "AWS_USE_FIPS_ENDPOINT",
          Parsers.flag(),
          false,
          "Use AWS's FIPS endpoints; an endpoint's own variable takes precedence");

  /// Whether the public endpoints are those with IPv6 addresses.
  public static final Setting<Boolean> USE_DUAL_STACK =
      Setting.withDefault(
          "AWS_USE_DUALSTACK_ENDPOINT",
          Parsers.flag(),
          false,
          "Use AWS's endpoints for IPv4 and IPv6; an endpoint's own variable takes precedence");

  /// CAs to trust in addition to the public ones, under the name that AWS's own tools read.
  public static final Setting<String> CA_BUNDLE =
      Setting.optional(
          "AWS_CA_BUNDLE",
          Parsers.text(),
          "PEM file with a private CA to trust in addition, for all AWS endpoints");

  /// The credentials of the function's role, except under SnapStart.
  public static final Setting<String> ACCESS_KEY_ID =
      Setting.optional("AWS_ACCESS_KEY_ID", Parsers.text(), OF_ROLE).secret();

  /// See [#ACCESS_KEY_ID].
  public static final Setting<String> SECRET_ACCESS_KEY =
      Setting.optional("AWS_SECRET_ACCESS_KEY", Parsers.text(), OF_ROLE).secret();

  /// See [#ACCESS_KEY_ID].
  public static final Setting<String> SESSION_TOKEN =
      Setting.optional("AWS_SESSION_TOKEN", Parsers.text(), OF_ROLE).secret();

  /// Source of the credentials under SnapStart.
  public static final Setting<URI> CREDENTIALS_URI =
      Setting.optional(
              "AWS_CONTAINER_CREDENTIALS_FULL_URI",
              Parsers.httpUrl(),
              "Set by Lambda under SnapStart; source of those credentials")
          .secret();

  /// The token for that endpoint.
  public static final Setting<String> CREDENTIALS_TOKEN =
      Setting.optional(
              "AWS_CONTAINER_AUTHORIZATION_TOKEN",
              Parsers.text(),
              "Set by Lambda under SnapStart; token for that source")
          .secret();

  /// The public endpoint of a service, of the kind that [#USE_FIPS] and [#USE_DUAL_STACK] select;
  /// null for a region of an unknown partition.
  ///
  /// @param service as in the name of the endpoint, such as `lambda`
  public static @Nullable URI publicEndpoint(String service, String region, Settings settings) {
    AwsPartition partition = AwsPartition.of(region);
    if (partition == null) {
      return null;
    }
    // The endpoints of STS in GovCloud are validated without having it in their names.
    boolean plainName =
        !settings.get(USE_FIPS) || (service.equals("sts") && partition.name().equals("aws-us-gov"));
    String domain = settings.get(USE_DUAL_STACK) ? partition.dualStackDomain() : partition.domain();
    return URI.create("https://" + service + (plainName ? "." : "-fips.") + region + "." + domain);
  }

  /// The certificates in the file that [#CA_BUNDLE] names, if any. A file without any is reported,
  /// and only the public CAs are trusted.
  public static List<X509Certificate> caCertificates(Settings settings, Diagnostics diagnostics) {
    return CaCertificates.of(CA_BUNDLE, settings, diagnostics);
  }
}
