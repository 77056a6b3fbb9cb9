package dev.logshipper.sink.support;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import java.net.URI;

/// The variables of AWS's own tools that more than one sink reads, so that each is one object to
/// whoever declares it. What may carry credentials is secret, and a URL may.
public final class AwsSettings {
  private static final String OF_ROLE = "Set by Lambda; credentials of the function's role";

  private AwsSettings() {}

  /// Where every service is, if not at its public endpoint.
  public static final Setting<URI> ENDPOINT =
      Setting.optional(
              "AWS_ENDPOINT_URL",
              Parsers.httpUrl(),
              "The same for every AWS service; the variable of the service itself goes first")
          .secret();

  /// The credentials of the function's role, except under SnapStart.
  public static final Setting<String> ACCESS_KEY_ID =
      Setting.optional("AWS_ACCESS_KEY_ID", Parsers.text(), OF_ROLE).secret();

  /// See [#ACCESS_KEY_ID].
  public static final Setting<String> SECRET_ACCESS_KEY =
      Setting.optional("AWS_SECRET_ACCESS_KEY", Parsers.text(), OF_ROLE).secret();

  /// See [#ACCESS_KEY_ID].
  public static final Setting<String> SESSION_TOKEN =
      Setting.optional("AWS_SESSION_TOKEN", Parsers.text(), OF_ROLE).secret();

  /// Where to ask for the credentials under SnapStart.
  public static final Setting<URI> CREDENTIALS_URI =
      Setting.optional(
              "AWS_CONTAINER_CREDENTIALS_FULL_URI",
              Parsers.httpUrl(),
              "Set by Lambda under SnapStart; where to ask for those credentials")
          .secret();

  /// What to say there.
  public static final Setting<String> CREDENTIALS_TOKEN =
      Setting.optional(
              "AWS_CONTAINER_AUTHORIZATION_TOKEN",
              Parsers.text(),
              "Set by Lambda under SnapStart; what to show there")
          .secret();
}
