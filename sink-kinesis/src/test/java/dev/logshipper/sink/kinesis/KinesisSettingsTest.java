package dev.logshipper.sink.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.config.Problem;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.format.edgedelta.EdgeDeltaSettings;
import dev.logshipper.format.edgedelta.LineFormat;
import dev.logshipper.sink.SinkProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KinesisSettingsTest {

  @Test
  void providerIsFoundAsAService() {
    assertThat(ServiceLoader.load(SinkProvider.class))
        .extracting(SinkProvider::mode)
        .containsExactly("kinesis");
  }

  @Test
  void streamAloneIsEnough() {
    Settings settings = settings("KINESIS_ENDPOINT", "logs");

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.isComplete(KinesisSettings.all())).isTrue();
    assertThat(settings.get(KinesisSettings.FORMAT)).isEqualTo(LineFormat.ENRICHED);
    assertThat(settings.get(EdgeDeltaSettings.PUSH_TIMEOUT)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void streamHasAnAlias() {
    assertThat(settings("PUSHER_KINESIS_STREAM", " logs ").get(KinesisSettings.STREAM))
        .isEqualTo("logs");
  }

  @Test
  void eachVariableOfItsOwnMayBeNamedAfterTheService() {
    assertThat(new KinesisSinkProvider().aliases()).containsExactly("firehose");
    for (Setting<?> setting : KinesisSettings.all()) {
      if (setting.name().startsWith("PUSHER_KINESIS_")) {
        assertThat(setting.aliases())
            .containsExactly(setting.name().replace("_KINESIS_", "_FIREHOSE_"));
      }
    }
    assertThat(settings("PUSHER_FIREHOSE_STREAM", "logs").get(KinesisSettings.STREAM))
        .isEqualTo("logs");
    assertThat(settings("PUSHER_FIREHOSE_GZIP", "true").get(KinesisSettings.GZIP)).isTrue();
  }

  @Test
  void gzipIsOffAndABadValueLeavesItOff() {
    assertThat(settings("KINESIS_ENDPOINT", "logs").get(KinesisSettings.GZIP)).isFalse();
    Settings settings = settings("PUSHER_KINESIS_GZIP", "best");
    assertThat(settings.get(KinesisSettings.GZIP)).isFalse();
    assertThat(settings.problems())
        .extracting(Problem::message)
        .anyMatch(message -> message.startsWith("PUSHER_KINESIS_GZIP"));
  }

  @Test
  void missingStreamIsAProblemThatNamesTheVariable() {
    assertThat(settings("KINESIS_ENDPOINT", " ").problems())
        .extracting(Problem::message)
        .containsExactly(
            "KINESIS_ENDPOINT is not set: expected the name of a Firehose delivery stream, 1 to 64"
                + " letters, digits and . _ -, neither a URL nor an ARN; its sink is off and"
                + " records for it are dropped");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://firehose.eu-west-1.amazonaws.com",
        "arn:aws:firehose:eu-west-1:123456789012:deliverystream/logs",
        "my logs",
        "lögs",
        "a2345678901234567890123456789012345678901234567890123456789012345"
      })
  void invalidStreamNameIsAProblemThatDescribesAValidOne(String text) {
    Settings settings = settings("KINESIS_ENDPOINT", text);

    assertThat(settings.problems()).hasSize(1);
    assertThat(settings.problems().getFirst().message())
        .startsWith("KINESIS_ENDPOINT=")
        .contains("expected the name of a Firehose delivery stream", "neither a URL nor an ARN");
    assertThat(settings.isComplete(KinesisSettings.all())).isFalse();
  }

  @Test
  void longestStreamNameIsAccepted() {
    String name = "a._-".repeat(16);

    assertThat(settings("KINESIS_ENDPOINT", name).get(KinesisSettings.STREAM)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "ED_PUSH_TIMEOUT_SEC, 0, a whole number from 1 to 300; 5 is used",
    "ED_PUSH_TIMEOUT_SEC, 301, a whole number from 1 to 300; 5 is used",
    "ED_PUSH_TIMEOUT_SEC, soon, a whole number from 1 to 300; 5 is used",
    "PUSHER_KINESIS_FORMAT, xml, 'one of enriched, plain, epoch, splunk; enriched is used'",
    "PUSHER_KINESIS_PACKING, many, 'one of lines, single; lines is used'",
    "PUSHER_KINESIS_REGION, Ireland, a region such as eu-west-1; it is ignored",
    "PUSHER_KINESIS_REGION, eu-west-1.example.com, a region such as eu-west-1; it is ignored",
    "ED_FORWARD_LAMBDA_TAGS, yes, true or false; false is used"
  })
  void invalidValueIsAProblemThatNamesTheValueUsed(String name, String value, String message) {
    Settings settings = settings("KINESIS_ENDPOINT", "logs", name, value);

    assertThat(settings.problems()).hasSize(1);
    assertThat(settings.problems().getFirst().message())
        .startsWith(name + "=" + value)
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_ENDPOINT_URL_FIREHOSE, me:s3cret@x:4566, no scheme",
    "AWS_ENDPOINT_URL, 'ftp://x/s3cret', 'the scheme is ftp, not http or https'"
  })
  void invalidUrlIsAProblemAndNotShown(String name, String value, String reason) {
    Settings settings = settings("KINESIS_ENDPOINT", "logs", name, value);

    assertThat(settings.problems()).hasSize(1);
    assertThat(settings.problems().getFirst().message())
        .startsWith(name + "=***: " + reason + "; expected an http:// or https:// URL")
        .doesNotContain("s3cret");
  }

  @Test
  void emptyValueCountsAsNotSet() {
    for (Setting<?> setting : KinesisSettings.all()) {
      Settings settings = settings("KINESIS_ENDPOINT", "logs", setting.name(), "");

      if (!setting.isRequired()) {
        assertThat(settings.problems()).as(setting.name()).isEmpty();
        assertThat(settings.find(setting).isPresent())
            .as(setting.name())
            .isEqualTo(setting.fallback().isPresent());
      }
    }
  }

  @Test
  void everythingThatMayHoldCredentialsIsSecret() {
    assertThat(KinesisSettings.all().stream().filter(Setting::isSecret).map(Setting::name))
        .containsExactlyInAnyOrder(
            "PUSHER_KINESIS_ACCESS_KEY_ID",
            "PUSHER_KINESIS_SECRET_ACCESS_KEY",
            "PUSHER_KINESIS_SESSION_TOKEN",
            "PUSHER_KINESIS_ROLE_EXTERNAL_ID",
            "AWS_ENDPOINT_URL_STS",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_ENDPOINT_URL",
            "AWS_ENDPOINT_URL_FIREHOSE",
            "AWS_ENDPOINT_URL_LAMBDA",
            "PUSHER_KINESIS_PROXY",
            "HTTPS_PROXY",
            "HTTP_PROXY");
  }

  @Test
  void noSettingIsDeclaredTwice() {
    assertThat(KinesisSettings.all()).extracting(Setting::name).doesNotHaveDuplicates();
  }

  @Test
  void missingCredentialsAreNamedWhenOpened() {
    assertThatThrownBy(() -> new KinesisFixture("AWS_SECRET_ACCESS_KEY", "").close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AWS_SECRET_ACCESS_KEY")
        .hasMessageNotContaining("AKIDEXAMPLE");
  }

  private static Settings settings(String... environment) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return Settings.of(variables, KinesisSettings.all());
  }
}
