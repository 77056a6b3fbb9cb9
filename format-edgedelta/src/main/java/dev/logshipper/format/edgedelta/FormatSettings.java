package dev.logshipper.format.edgedelta;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.sink.support.AwsSettings;
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
              "Where to ask for tags instead of the region's public Lambda endpoint")
          .secret();

  /// All of them.
  public static List<Setting<?>> all() {
    return List.of(
        FORWARD_TAGS,
        TAG_PREFIX,
        LAMBDA_ENDPOINT,
        AwsSettings.ENDPOINT,
        AwsSettings.ACCESS_KEY_ID,
        AwsSettings.SECRET_ACCESS_KEY,
        AwsSettings.SESSION_TOKEN);
  }
}
