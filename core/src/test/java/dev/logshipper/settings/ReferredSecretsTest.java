package dev.logshipper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Variables that refer to secrets, as the configuration reads them.
class ReferredSecretsTest {
  private static final String SECRET =
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:logs-AbCdEf";
  private static final Setting<Integer> PIN =
      Setting.required("PUSHER_PIN", Parsers.wholeNumber(0, 9999), "A number.").secret();
  private static final Setting<String> TOKEN =
      Setting.optional("PUSHER_TOKEN", Parsers.text(), "A token.").secret();
  private static final Setting<String> PLACE =
      Setting.optional("PUSHER_PLACE", Parsers.text(), "A place.");

  @Test
  void aReferenceIsAValueThatIsReadLater() {
    Configuration configuration = of(Map.of("PUSHER_PIN", SECRET, "PUSHER_TOKEN", "plain"));
    assertThat(configuration.problemLine()).isEmpty();
    LaneConfig lane = lane(configuration);
    assertThat(lane.opener()).isNotNull();
    assertThat(lane.prerequisite()).isNotNull();
  }

  @Test
  void aSinkWithoutReferencesNeedsNothing() {
    assertThat(lane(of(Map.of("PUSHER_PIN", "1234"))).prerequisite()).isNull();
    assertThat(lane(of(Map.of("PUSHER_PIN", "1234", "PUSHER_PLACE", SECRET))).prerequisite())
        .as("a setting that is no secret")
        .isNull();
  }

  @Test
  void anArnOfAnotherServiceIsReportedAndIgnored() {
    Configuration configuration =
        of(Map.of("PUSHER_PIN", "1234", "PUSHER_TOKEN", "arn:aws:s3:::my-bucket"));
    assertThat(configuration.problemLine().orElseThrow())
        .startsWith("1 configuration problem: PUSHER_TOKEN=***: expected the ARN of a secret (arn")
        .endsWith("; it is ignored");
    assertThat(lane(configuration).prerequisite()).isNull();
    assertThat(lane(configuration).opener()).isNotNull();
  }

  @Test
  void aRequiredOneTurnsItsSinkOff() {
    Configuration configuration = of(Map.of("PUSHER_PIN", SECRET + ":key::"));
    assertThat(configuration.problemLine().orElseThrow())
        .startsWith("1 configuration problem: PUSHER_PIN=***: expected the ARN of a secret (arn")
        .contains(", or a whole number from 0 to 9999; its sink is off");
    assertThat(lane(configuration).opener()).isNull();
  }

  @Test
  void theVariablesForReadingSecretsAreChecked() {
    assertThat(of(Map.of("PUSHER_PIN", SECRET, "AWS_ENDPOINT_URL_SSM", "nowhere")).problemLine())
        .hasValueSatisfying(line ->
            assertThat(line).contains("AWS_ENDPOINT_URL_SSM=***: no scheme; expected an http://"));
    assertThat(of(Map.of("PUSHER_PIN", "1", "AWS_ENDPOINT_URL_SSM", "nowhere")).problemLine())
        .isEmpty();
  }

  private static LaneConfig lane(Configuration configuration) {
    FunctionIdentity function =
        new FunctionIdentity("name", "1", "us-east-1", 128, "123456789012", null);
    return configuration.lanes(() -> function, new CapturedOutput().diagnostics()).getFirst();
  }

  private static Configuration of(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001");
    environment.put("PUSHER_MODE", "pin");
    return new Configuration(environment, new AvailableSinks(List.of(new Provider()), List.of()));
  }

  private static final class Provider implements SinkProvider {
    @Override
    public String mode() {
      return "pin";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of(PIN, TOKEN, PLACE);
    }

    @Override
    public int spiVersion() {
      return Spi.VERSION;
    }

    @Override
    public Sink open(SinkContext context) {
      return new FakeSink();
    }
  }
}
