package dev.logshipper.sink.s3;

import dev.logshipper.client.aws.AwsAccess;
import dev.logshipper.client.aws.IdentitySettings;
import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.support.ProxySettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// The settings of the `s3` sink. Those of the Adaptive Batching Extension keep its names and its
/// leniency. A URL may hold credentials, so it is secret too.
final class S3Settings {
  /// The limit in that extension's code; its documentation has 50 and 100 MB.
  static final int SHIP_RATE_BYTES_MAX = 50 * 1024 * 1024;

  private static final int INVOKES_MAX = 1_000_000;
  private static final int MILLISECONDS_MAX = 3_600_000;

  static final Setting<String> BUCKET =
      Setting.required(
              "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", S3Parsers.bucket(), "Bucket to write to")
          .alias("PUSHER_S3_BUCKET");

  static final Setting<Integer> SHIP_RATE_BYTES =
      Setting.withDefault(
              "ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_BYTES",
              Parsers.wholeNumberUpTo(1, SHIP_RATE_BYTES_MAX),
              4096,
              "Ship when this many bytes are buffered")
          .alias("PUSHER_S3_SHIP_RATE_BYTES");

  static final Setting<Integer> SHIP_RATE_INVOKES =
      Setting.withDefault(
              "ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_INVOKES",
              Parsers.wholeNumberUpTo(1, INVOKES_MAX),
              10,
              "Ship after this many invocations")
          .alias("PUSHER_S3_SHIP_RATE_INVOKES");

  static final Setting<Integer> SHIP_RATE_MILLISECONDS =
      Setting.withDefault(
              "ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_MILLISECONDS",
              Parsers.wholeNumberUpTo(1, MILLISECONDS_MAX),
              10_000,
              "Ship records of this age; time spent frozen does not count")
          .alias("PUSHER_S3_SHIP_RATE_MILLISECONDS");

  static final Setting<List<String>> LOG_TYPES =
      Setting.withDefault(
          "ADAPTIVE_BATCHING_EXTENSION_LOG_TYPES",
          S3Parsers.logTypes(),
          List.of("platform", "function"),
          "Types of records to ship, unless PUSHER_LOG_TYPES or PUSHER_S3_LOG_TYPES is set: a JSON array of platform,"
              + " function, extension");

  static final Setting<KeyTemplate> KEY =
      Setting.withDefault(
          "PUSHER_S3_KEY",
          KeyTemplate.parser(),
          KeyTemplate.DEFAULT,
          "Key of each object, with placeholders");

  static final Setting<String> COMPRESSION =
      Setting.withDefault(
          "PUSHER_S3_COMPRESSION",
          Parsers.oneOf("none", "gzip"),
          "none",
          "Compression of objects; gzip adds .gz to the key");

  static final Setting<String> REGION =
      Setting.optional(
          "PUSHER_S3_REGION", S3Parsers.region(), "Region of the bucket, if not the function's");

  static final Setting<Boolean> CREATE_BUCKET =
      Setting.withDefault(
          "PUSHER_S3_CREATE_BUCKET",
          Parsers.flag(),
          true,
          "Create the bucket if it does not exist; needs s3:CreateBucket");

  static final Setting<String> BUCKET_OWNER =
      Setting.optional(
          "PUSHER_S3_BUCKET_OWNER",
          S3Parsers.account(),
          "Account that must own the bucket; S3 rejects objects otherwise");

  static final Setting<String> KMS_KEY_ID =
      Setting.optional(
          "PUSHER_S3_KMS_KEY_ID",
          Parsers.text(),
          "KMS key for objects, if not the bucket's default: an id, ARN or alias");

  static final Setting<String> ENCRYPTION =
      Setting.optional(
          "PUSHER_S3_SSE",
          Parsers.oneOf("aes256", "aws:kms", "aws:kms:dsse"),
          "Encryption header of objects, where a policy demands it; aws:kms if there is a KMS key");

  static final Setting<String> ACL =
      Setting.optional(
          "PUSHER_S3_ACL",
          Parsers.oneOf(
              "private",
              "bucket-owner-full-control",
              "bucket-owner-read",
              "authenticated-read",
              "aws-exec-read"),
          "ACL header of objects, where a policy demands it");

  static final Setting<String> STORAGE_CLASS =
      Setting.optional(
          "PUSHER_S3_STORAGE_CLASS",
          Parsers.oneOf(
              "standard",
              "standard_ia",
              "onezone_ia",
              "intelligent_tiering",
              "glacier_ir",
              "glacier",
              "deep_archive"),
          "Storage class of objects");

  static final Setting<Boolean> PATH_STYLE =
      Setting.optional(
          "PUSHER_S3_PATH_STYLE",
          Parsers.flag(),
          "Put the bucket's name into the path instead of the host name; the default for any"
              + " endpoint but AWS's");

  static final IdentitySettings IDENTITY = IdentitySettings.ofMode("s3");
  static final ProxySettings PROXY = ProxySettings.ofMode("s3");

  /// Twice that of other sinks, since objects are larger than their batches.
  static final Setting<Integer> TIMEOUT_SECONDS =
      Setting.withDefault(
          "PUSHER_S3_TIMEOUT_SEC",
          Parsers.wholeNumber(1, 300),
          10,
          "Timeout of one attempt to write an object, from the DNS lookup to the response");

  static final Setting<URI> ENDPOINT =
      Setting.optional(
              "AWS_ENDPOINT_URL_S3",
              Parsers.httpUrl(),
              "Endpoint of S3, if not the region's public one")
          .secret();

  private S3Settings() {}

  static List<Setting<?>> all() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                BUCKET,
                SHIP_RATE_BYTES,
                SHIP_RATE_INVOKES,
                SHIP_RATE_MILLISECONDS,
                LOG_TYPES,
                KEY,
                COMPRESSION,
                REGION,
                CREATE_BUCKET,
                BUCKET_OWNER,
                KMS_KEY_ID,
                ENCRYPTION,
                ACL,
                STORAGE_CLASS,
                PATH_STYLE,
                TIMEOUT_SECONDS,
                ENDPOINT));
    all.addAll(IDENTITY.all());
    all.addAll(AwsAccess.settings());
    all.addAll(PROXY.all());
    return List.copyOf(all);
  }

  /// Variables that exclude one another; empty if there are none.
  static List<String> contradictions(Settings settings) {
    boolean hasOtherEncryption = settings.find(ENCRYPTION).orElse("").equals("aes256");
    return settings.isSet(KMS_KEY_ID) && hasOtherEncryption
        ? List.of(
            "PUSHER_S3_SSE=aes256 and PUSHER_S3_KMS_KEY_ID exclude each other: expected aws:kms")
        : List.of();
  }
}
