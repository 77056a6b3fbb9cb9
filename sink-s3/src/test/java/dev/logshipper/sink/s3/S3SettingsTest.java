package dev.logshipper.sink.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.config.Problem;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.testkit.CapturedOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {
  private static final int MEBIBYTE = 1024 * 1024;

  @SuppressWarnings("unused") // by its name, below
  private static final List<Setting<?>> ALL = S3Settings.all();

  @Test
  void bucketSuffices() {
    Settings settings = settings();

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.isComplete(S3Settings.all())).isTrue();
    assertThat(new S3SinkProvider().defaults(settings))
        .isEqualTo(
            SinkDefaults.builder()
                .batchBytes(2 * MEBIBYTE)
                .thresholds(new SinkDefaults.Thresholds(4096, 10, Duration.ofSeconds(10)))
                .logTypes(List.of("platform", "function"))
                .build());
  }

  @Test
  void missingBucketIsNamed() {
    Settings settings = Settings.of(Map.of(), S3Settings.all());

    assertThat(settings.problems())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET is not set: expected the name of a");
  }

  @Test
  void aliasesAreRead() {
    Settings settings =
        settings(
            "PUSHER_S3_SHIP_RATE_BYTES", "5",
            "PUSHER_S3_SHIP_RATE_INVOKES", "6",
            "PUSHER_S3_SHIP_RATE_MILLISECONDS", "7",
            "ADAPTIVE_BATCHING_EXTENSION_LOG_TYPES", "[\"extension\"]");

    assertThat(settings.problems()).isEmpty();
    assertThat(new S3SinkProvider().defaults(settings))
        .isEqualTo(
            SinkDefaults.builder()
                .batchBytes(2 * MEBIBYTE)
                .thresholds(new SinkDefaults.Thresholds(5, 6, Duration.ofMillis(7)))
                .logTypes(List.of("extension"))
                .build());
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "3145728, 3", "52428800, 8"})
  void objectSizeFollowsTheThresholdUpToTheLimit(String threshold, int mebibytes) {
    Settings settings = settings("PUSHER_S3_SHIP_RATE_BYTES", threshold);

    assertThat(new S3SinkProvider().defaults(settings).batchBytes())
        .isEqualTo(mebibytes * MEBIBYTE);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void emptyValueCountsAsNotSet(Setting<?> setting) {
    for (String name : names(setting)) {
      Settings settings = Settings.of(Map.of(name, " "), List.of(setting));

      assertThat(settings.isSet(setting)).isFalse();
      assertThat(settings.problems()).hasSize(setting.isRequired() ? 1 : 0);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_BYTES        | much     | 4096
          ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_BYTES        | 0        | 4096
          ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_BYTES        | 52428801 | 52428800
          ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_BYTES        | 99999999999 | 52428800
          ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_INVOKES      | 1.5      | 10
          ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_INVOKES      | 0        | 10
          ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_INVOKES      | 1000001  | 1000000
          ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_MILLISECONDS | -1       | 10000
          ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_MILLISECONDS | 1s       | 10000
          ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_MILLISECONDS | 3600001  | 3600000
          ADAPTIVE_BATCHING_EXTENSION_LOG_TYPES | function            | [platform, function]
          ADAPTIVE_BATCHING_EXTENSION_LOG_TYPES | []                  | [platform, function]
          ADAPTIVE_BATCHING_EXTENSION_LOG_TYPES | ["function"         | [platform, function]
          ADAPTIVE_BATCHING_EXTENSION_LOG_TYPES | ["function"]]       | [platform, function]
          ADAPTIVE_BATCHING_EXTENSION_LOG_TYPES | ["function" "x"]    | [platform, function]
          ADAPTIVE_BATCHING_EXTENSION_LOG_TYPES | ["logs", 7]         | [platform, function]
          PUSHER_S3_COMPRESSION                 | zip                 | none
          PUSHER_S3_CREATE_BUCKET               | perhaps             | true
          PUSHER_S3_TIMEOUT_SEC                 | 0                   | 10
          PUSHER_S3_TIMEOUT_SEC                 | 301                 | 10
          """)
  void invalidValueIsReportedWithTheValueUsed(String name, String value, String used) {
    Settings settings = settings(name, value);

    assertThat(settings.problems())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith(name + "=" + value + ": expected ")
        .endsWith("; " + used + " is used");
    assertThat(settings.get(setting(name))).hasToString(used);
  }

  @ParameterizedTest
  @CsvSource({
    "PUSHER_S3_REGION, Frankfurt",
    "PUSHER_S3_REGION, evil.example.com",
    "PUSHER_S3_BUCKET_OWNER, 12345678901",
    "PUSHER_S3_BUCKET_OWNER, 1234567890123",
    "PUSHER_S3_BUCKET_OWNER, +12345678901",
    "PUSHER_S3_STORAGE_CLASS, cheap",
    "PUSHER_S3_PATH_STYLE, yes",
  })
  void invalidValueWithoutDefaultIsReportedAndIgnored(String name, String value) {
    Settings settings = settings(name, value);

    assertThat(settings.problems())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith(name + "=" + value + ": expected ")
        .endsWith("; it is ignored");
    assertThat(settings.find(setting(name))).isEmpty();
  }

  @Test
  void invalidEndpointIsReportedWithoutItsValue() {
    Settings settings = settings("AWS_ENDPOINT_URL_S3", "me:s3cret@minio:9000");

    assertThat(settings.problems())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("AWS_ENDPOINT_URL_S3=***: no scheme; expected ")
        .endsWith("; it is ignored");
    assertThat(settings.find(S3Settings.ENDPOINT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"lo", "logs/x", "https://logs", "l\u00f6gs", "logs logs"})
  void invalidBucketIsReported(String bucket) {
    Settings settings = settings("ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", bucket);

    assertThat(settings.isComplete(S3Settings.all())).isFalse();
    assertThat(settings.problems().getFirst().message()).contains("expected the name of a bucket");
  }

  @ParameterizedTest
  @CsvSource({
    "lo, 2 characters",
    "logs/x, a / (a prefix of keys belongs in PUSHER_S3_KEY)",
    "logs logs, a character that no bucket's name has",
    "arn:aws:s3:::logs, 'the ARN of a bucket, not its name'",
    "arn:aws:sns:eu-west-1:1:logs, the ARN of something else",
  })
  void wrongBucketIsReportedWithTheRuleThatItBreaks(String bucket, String reason) {
    Settings settings = settings("ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", bucket);

    assertThat(settings.problems().getFirst().message())
        .isEqualTo(
            "ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET="
                + bucket
                + ": "
                + reason
                + "; expected the name of a bucket, 3 to 63 letters, digits, dots, dashes and"
                + " underscores, or the ARN of an access point; its sink is off and records for it"
                + " are dropped");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "My_Bucket",
        "logs.example.com",
        "arn:aws:s3:eu-west-1:123456789012:accesspoint/logs",
        "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap",
        "arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-1/accesspoint/logs"
      })
  void oldBucketsAndAccessPointsAreAccepted(String bucket) {
    Settings settings = settings("ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", bucket);

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.get(S3Settings.BUCKET)).isEqualTo(bucket);
  }

  @ParameterizedTest
  @CsvSource({"3, true", "63, true", "2, false", "64, false"})
  void lengthOfTheBucketNameIsChecked(int length, boolean valid) {
    Settings settings = settings("ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", "b".repeat(length));

    assertThat(settings.problems().isEmpty()).isEqualTo(valid);
  }

  @Test
  void unknownLogTypesAreReportedAndIgnored() {
    Settings settings =
        settings(
            "ADAPTIVE_BATCHING_EXTENSION_LOG_TYPES", "[\"extension\", \"x\", \"platform\", 1]");

    assertThat(settings.get(S3Settings.LOG_TYPES)).containsExactly("extension", "platform");
    assertThat(settings.problems().getFirst().message())
        .endsWith("extension and platform are used");
  }

  @Test
  void valuesAtTheirLimitsAreAccepted() {
    assertThat(
            settings(
                    "ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_BYTES", "52428800",
                    "ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_INVOKES", "1",
                    "ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_MILLISECONDS", "3600000",
                    "ADAPTIVE_BATCHING_EXTENSION_LOG_TYPES", " [ \"platform\" , \"platform\" ] ",
                    "PUSHER_S3_REGION", "eu-west-1",
                    "PUSHER_S3_BUCKET_OWNER", "012345678901",
                    "PUSHER_S3_STORAGE_CLASS", "GLACIER_IR")
                .problems())
        .isEmpty();
  }

  @Test
  void everythingThatMayHoldCredentialsIsSecret() {
    assertThat(S3Settings.all().stream().filter(Setting::isSecret).map(Setting::name))
        .containsExactlyInAnyOrder(
            "PUSHER_S3_ACCESS_KEY_ID",
            "PUSHER_S3_SECRET_ACCESS_KEY",
            "PUSHER_S3_SESSION_TOKEN",
            "PUSHER_S3_ROLE_EXTERNAL_ID",
            "AWS_ENDPOINT_URL_STS",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_ENDPOINT_URL",
            "AWS_ENDPOINT_URL_S3",
            "PUSHER_S3_PROXY",
            "HTTPS_PROXY",
            "HTTP_PROXY");
  }

  @Test
  void missingCredentialsAreReportedWhenOpened() {
    assertThatThrownBy(() -> S3Fixture.open(Map.of("AWS_ACCESS_KEY_ID", ""), new CapturedOutput()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AWS_SECRET_ACCESS_KEY");
  }

  private static List<String> names(Setting<?> setting) {
    List<String> names = new ArrayList<>(setting.aliases());
    names.add(setting.name());
    return names;
  }

  private static Setting<?> setting(String name) {
    return S3Settings.all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private static Settings settings(String... environment) {
    Map<String, String> variables = new HashMap<>();
    variables.put("ADAPTIVE_BATCHING_EXTENSION_S3_BUCKET", "logs");
    S3Fixture.put(variables, environment);
    return Settings.of(variables, S3Settings.all());
  }
}
