package dev.logshipper.format;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import java.net.URI;
import java.util.List;

/// The variables that the enriched form reads; a provider whose sink speaks it declares them among
/// its own.
public final class FormatSettings {
  private FormatSettings() {}

  /// Whether lines carry the function's tags.
  public static final Setting<Boolean> FORWARD_TAGS =
      Setting.withDefault(
          "ED_FORWARD_LAMBDA_TAGS",
          Parsers.flag(),
          false,
          "Add the function's tags, memory size, architecture and runtime to each line; its role"
              + " needs lambda:GetFunction");

  /// What stands before the key of each tag.
  public static final Setting<String> TAG_PREFIX =
      Setting.withDefault("ED_TAG_PREFIX", Parsers.text(), "", "Put before the key of each tag");

  /// Where the Lambda API is asked, if not at its public endpoint.
  public static final Setting<URI> LAMBDA_ENDPOINT =
      Setting.optional(
          "AWS_ENDPOINT_URL_LAMBDA",
          Parsers.httpUrl(),
          "Where to ask for tags instead of the region's public Lambda endpoint");

  /// The same for all services of AWS.
  public static final Setting<URI> ENDPOINT =
      Setting.optional(
          "AWS_ENDPOINT_URL",
          Parsers.httpUrl(),
          "The same for every AWS service; AWS_ENDPOINT_URL_LAMBDA goes first");

  /// The credentials of the function's role, set by the platform.
  public static final Setting<String> ACCESS_KEY_ID =
      Setting.optional("AWS_ACCESS_KEY_ID", Parsers.text(), "Set by Lambda; used to ask for tags")
          .secret();

  /// See [#ACCESS_KEY_ID].
  public static final Setting<String> SECRET_ACCESS_KEY =
      Setting.optional(
              "AWS_SECRET_ACCESS_KEY", Parsers.text(), "Set by Lambda; used to ask for tags")
          .secret();

  /// See [#ACCESS_KEY_ID].
  public static final Setting<String> SESSION_TOKEN =
      Setting.optional("AWS_SESSION_TOKEN", Parsers.text(), "Set by Lambda; used to ask for tags")
          .secret();

  /// All of them.
  public static List<Setting<?>> all() {
    return List.of(
        FORWARD_TAGS,
        TAG_PREFIX,
        LAMBDA_ENDPOINT,
        ENDPOINT,
        ACCESS_KEY_ID,
        SECRET_ACCESS_KEY,
        SESSION_TOKEN);
  }
}
