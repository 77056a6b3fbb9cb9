package dev.logshipper.sink.kinesis;

import dev.logshipper.client.aws.AwsAccess;
import dev.logshipper.client.aws.IdentitySettings;
import dev.logshipper.config.Parser;
import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.format.edgedelta.EdgeDeltaSettings;
import dev.logshipper.format.edgedelta.FormatSettings;
import dev.logshipper.format.edgedelta.LineFormat;
import dev.logshipper.sink.support.ProxySettings;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The variables of the `kinesis` sink. Settings that may contain credentials are secret, URLs
/// included.
final class KinesisSettings {
  static final String MODE = "kinesis";
  static final String ALIAS = "firehose";
  private static final int STREAM_CHARS_MAX = 64;

  static final Setting<String> STREAM =
      Setting.required(
              "KINESIS_ENDPOINT",
              Parser.of(
                  "the name of a Firehose delivery stream, 1 to 64 letters, digits and . _ -,"
                      + " neither a URL nor an ARN",
                  KinesisSettings::streamName),
              "Name of the Firehose delivery stream that batches are put to")
          .alias("PUSHER_KINESIS_STREAM", "PUSHER_FIREHOSE_STREAM");

  static final Setting<String> REGION =
      Setting.optional(
              "PUSHER_KINESIS_REGION",
              Parser.of("a region such as eu-west-1", KinesisSettings::regionName),
              "Region of the stream, if it differs from the function's")
          .alias("PUSHER_FIREHOSE_REGION");

  static final Setting<LineFormat> FORMAT =
      Setting.withDefault(
              "PUSHER_KINESIS_FORMAT",
              Parsers.oneOf(LineFormat.class),
              LineFormat.ENRICHED,
              "Form of a line: enriched (with its origin), plain (time, message, type), epoch (time in"
                  + " milliseconds) or splunk (HEC events)")
          .alias("PUSHER_FIREHOSE_FORMAT");

  static final Setting<String> PACKING =
      Setting.withDefault(
              "PUSHER_KINESIS_PACKING",
              Parsers.oneOf("lines", "single"),
              "lines",
              "Lines per Firehose record: lines (many, for S3) or single (one JSON document, for"
                  + " OpenSearch, Splunk, transformations)")
          .alias("PUSHER_FIREHOSE_PACKING");

  static final Setting<Boolean> GZIP =
      Setting.withDefault(
              "PUSHER_KINESIS_GZIP",
              Parsers.flag(),
              false,
              "Compress each Firehose record, for streams that deliver to S3; Firehose bills by the"
                  + " byte")
          .alias("PUSHER_FIREHOSE_GZIP");

  static final Setting<URI> FIREHOSE_ENDPOINT =
      Setting.optional(
              "AWS_ENDPOINT_URL_FIREHOSE",
              Parsers.httpUrl(),
              "Where to put batches instead of the region's public Firehose endpoint")
          .secret();

  static final IdentitySettings IDENTITY = IdentitySettings.ofMode(MODE, ALIAS);
  static final ProxySettings PROXY = ProxySettings.ofMode(MODE, ALIAS);

  private KinesisSettings() {}

  /// All of them; the formats and the SDK have some in common.
  static List<Setting<?>> all() {
    Set<Setting<?>> all = new LinkedHashSet<>();
    all.add(STREAM);
    all.add(EdgeDeltaSettings.PUSH_TIMEOUT);
    all.add(FORMAT);
    all.add(PACKING);
    all.add(GZIP);
    all.add(REGION);
    all.add(FIREHOSE_ENDPOINT);
    all.addAll(IDENTITY.all());
    all.addAll(FormatSettings.all());
    all.addAll(AwsAccess.settings());
    all.addAll(PROXY.all());
    all.addAll(EdgeDeltaSettings.ofCore());
    return List.copyOf(all);
  }

  /// Amazon Data Firehose API reference, `DeliveryStreamName`.
  private static @Nullable String streamName(String text) {
    String name = text.strip();
    return name.length() <= STREAM_CHARS_MAX && consistsOf(name, "._-") ? name : null;
  }

  private static @Nullable String regionName(String text) {
    String name = text.strip();
    return name.indexOf('-') > 0 && consistsOf(name, "-") ? name : null;
  }

  private static boolean consistsOf(String name, String punctuation) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!isLetter && !(c >= '0' && c <= '9') && punctuation.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
