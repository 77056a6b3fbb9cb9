package dev.logshipper.format.edgedelta;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.sink.support.AwsSettings;
import dev.logshipper.sink.support.LineSettings;
import dev.logshipper.sink.support.ProxySettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// The variables of the two forms; a provider whose sink uses them declares them.
public final class FormatSettings {
  private FormatSettings() {}

  /// Whether lines contain the function's tags.
  public static final Setting<Boolean> FORWARD_TAGS =
      Setting.withDefault(
          "ED_FORWARD_LAMBDA_TAGS",
          Parsers.flag(),
          false,
          "Add the function's tags, memory size, architecture and runtime to each line; its role"
              + " needs lambda:GetFunction");

  /// Prefix of each tag's key.
  public static final Setting<String> TAG_PREFIX =
      Setting.withDefault("ED_TAG_PREFIX", Parsers.text(), "", "Prefix of each tag's key");

  /// Endpoint of the Lambda API, if not the public one.
  public static final Setting<URI> LAMBDA_ENDPOINT =
      Setting.optional(
              "AWS_ENDPOINT_URL_LAMBDA",
              Parsers.httpUrl(),
              "Lambda endpoint for the tags, instead of the region's public one")
          .secret();

  /// All of them.
  public static List<Setting<?>> all() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                FORWARD_TAGS,
                TAG_PREFIX,
                LAMBDA_ENDPOINT,
                LineSettings.UNWRAP_JSON,
                AwsSettings.ENDPOINT,
                AwsSettings.USE_FIPS,
                AwsSettings.USE_DUAL_STACK,
                AwsSettings.CA_BUNDLE,
                AwsSettings.ACCESS_KEY_ID,
                AwsSettings.SECRET_ACCESS_KEY,
                AwsSettings.SESSION_TOKEN,
                AwsSettings.CREDENTIALS_URI,
                AwsSettings.CREDENTIALS_TOKEN));
    all.addAll(ProxySettings.shared());
    return List.copyOf(all);
  }
}
