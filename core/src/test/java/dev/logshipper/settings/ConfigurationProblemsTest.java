package dev.logshipper.settings;

import static dev.logshipper.settings.ConfigurationTest.environment;
import static dev.logshipper.settings.ConfigurationTest.lanes;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import dev.logshipper.testkit.FakeSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The problems of an environment, as users read them.
class ConfigurationProblemsTest {
  @Test
  void unusableVariableOfALaneIsReportedAndThatForAllApplies() {
    Map<String, String> variables =
        Map.of("PUSHER_MODE", "alpha", "PUSHER_ALPHA_BATCH_BYTES", "0", "PUSHER_BATCH_BYTES", "9");
    Configuration configuration = ConfigurationTest.of(variables);
    assertThat(configuration.problemLine())
        .hasValue(
            "1 configuration problem: PUSHER_ALPHA_BATCH_BYTES=0: expected a whole number from 1 to"
                + " 52428800; it is ignored");
    assertThat(lanes(configuration).getFirst().batching().batchBytes()).isEqualTo(9);
  }

  @Test
  void contradictionsOfALaneAreReportedOnce() {
    Map<String, String> variables = new HashMap<>();
    variables.put("PUSHER_MODE", "alpha,beta");
    variables.put("PUSHER_BETA_PLACE", "there");
    variables.put("PUSHER_SAMPLE_PERCENT", "0");
    variables.put("PUSHER_BETA_KEEP_LEVEL", "error");
    assertThat(ConfigurationTest.of(variables).problemLine())
        .hasValue(
            "2 configuration problems: PUSHER_SAMPLE_PERCENT=0: no record of an invocation is"
                + " shipped | PUSHER_BETA_KEEP_LEVEL has no effect without PUSHER_KEEP=failed");
  }

  @ParameterizedTest
  @CsvSource({
    "alpha>alpha, PUSHER_MODE names alpha more than once; the first place counts",
    "'alpha,alpha', PUSHER_MODE names alpha more than once; the first place counts",
    "'alpha,gamma>alpha', 'PUSHER_MODE names alpha more than once; the first place counts | "
        + "PUSHER_MODE=gamma: expected one of alpha, beta; records for it are dropped'",
    "alpha>gamma, 'PUSHER_MODE=gamma: expected one of alpha, beta; its chain does without it'",
    "gamma>alpha, 'PUSHER_MODE=gamma: expected one of alpha, beta; its chain does without it'",
  })
  void aSinkThatOccursTwiceOrIsUnknownIsReported(String mode, String problem) {
    Configuration configuration = ConfigurationTest.of(Map.of("PUSHER_MODE", mode));
    assertThat(configuration.problemLine().orElse(""))
        .endsWith("problem" + (problem.contains("|") ? "s: " : ": ") + problem);
    assertThat(lanes(configuration).getFirst()).returns("alpha", LaneConfig::name);
  }

  @ParameterizedTest
  @CsvSource({
    "'alpha beta', 'PUSHER_MODE=alpha beta: expected modes separated by commas; alpha,beta is used'",
    "'alpha  beta > alpha', 'PUSHER_MODE=alpha  beta > alpha: expected modes separated by commas;"
        + " alpha,beta>alpha is used | PUSHER_MODE names alpha more than once; the first place"
        + " counts'",
    "' alpha > alhpa ', 'PUSHER_MODE=alhpa: expected one of alpha, beta; did you mean alpha?;"
        + " its chain does without it'",
    "'alpha;beta;', 'PUSHER_MODE=alpha;beta;: expected modes separated by commas; alpha,beta is used'",
    "'alpha,btea', 'PUSHER_MODE=btea: expected one of alpha, beta; did you mean beta?;"
        + " records for it are dropped'",
  })
  void aListWithATypingMistakeIsReportedWithItsCorrection(String mode, String problem) {
    Configuration configuration =
        ConfigurationTest.of(Map.of("PUSHER_MODE", mode, "PUSHER_BETA_PLACE", "there"));
    assertThat(configuration.problemLine().orElse(""))
        .endsWith("problem" + (problem.contains("|") ? "s: " : ": ") + problem);
    assertThat(lanes(configuration).getFirst()).returns("alpha", LaneConfig::name);
  }

  @Test
  void aSmallLayerSaysWhichSinkItHasAndSuggestsNothingForTheOthers() {
    AvailableSinks sinks = new AvailableSinks(List.of(FakeProvider.of("alpha")), List.of());
    Map<String, String> variables =
        Map.of("PUSHER_MODE", "gamma", "PUSHER_GAMMA_PLACE", "x", "PUSHER_DELTA_PLACE", "x");
    assertThat(new Configuration(environment(variables), sinks).problemLine())
        .hasValue(
            "3 configuration problems: PUSHER_MODE=gamma: this layer has only alpha; records for it"
                + " are dropped | PUSHER_DELTA_PLACE is not a known variable; it is ignored |"
                + " PUSHER_GAMMA_PLACE: this layer has no sink named gamma, only alpha; it is"
                + " ignored");
  }

  @Test
  void aBatchThatTheBufferCannotHoldIsAProblem() {
    assertThat(
            ConfigurationTest.of(
                    Map.of(
                        "PUSHER_MODE",
                        "alpha",
                        "PUSHER_BATCH_BYTES",
                        "600000",
                        "PUSHER_BUFFER_MB",
                        "1"))
                .problemLine())
        .contains(
            "1 configuration problem: alpha: half of PUSHER_BUFFER_MB is smaller than a"
                + " batch of 600000 bytes; batches are sent when the buffer is half full");
  }

  @Test
  void anUnknownModeIsNamedWithThoseThatExistAndItsRecordsAreCounted() {
    Configuration configuration = ConfigurationTest.of(Map.of("PUSHER_MODE", "alpha,gamma"));
    assertThat(configuration.problemLine())
        .contains(
            "1 configuration problem: PUSHER_MODE=gamma: expected one of alpha, beta; records"
                + " for it are dropped");
    assertThat(lanes(configuration))
        .extracting(LaneConfig::name, lane -> lane.opener() != null)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("alpha", true),
            org.assertj.core.groups.Tuple.tuple("gamma", false));
  }

  @Test
  void aListThatNamesNoSinkIsAProblem() {
    assertThat(ConfigurationTest.of(Map.of("PUSHER_MODE", " , ")).problemLine())
        .hasValueSatisfying(
            line -> assertThat(line).contains("PUSHER_MODE").contains("expected one of alpha"));
  }

  @Test
  void aSinkWithoutWhatItNeedsIsOffAndTheOthersWork() {
    Configuration configuration = ConfigurationTest.of(Map.of("PUSHER_MODE", "beta,alpha"));
    assertThat(configuration.problemLine())
        .contains(
            "1 configuration problem: PUSHER_BETA_PLACE is not set: expected a text; its sink"
                + " is off and records for it are dropped");
    assertThat(lanes(configuration))
        .extracting(lane -> lane.opener() != null)
        .containsExactly(false, true);
  }

  @Test
  void whatASinkThatWasNotChosenNeedsIsNoProblem() {
    assertThat(
            ConfigurationTest.of(Map.of("PUSHER_MODE", "alpha", "PUSHER_BETA_SIZE", "5"))
                .problemLine())
        .isEmpty();
  }

  @Test
  void fiveProblemsAreOneLineThatSaysOfEachWhatWasExpectedAndWhatHolds() {
    Configuration configuration =
        ConfigurationTest.of(
            Map.of(
                "PUSHER_MODE",
                "alpha,gamma",
                "PUSHER_BUFFER_MB",
                "2000",
                "PUSHER_FLUSH",
                "sometimes",
                "PUSHER_ALPHA_SIZE",
                "many",
                "PUSHER_OVERFLOWS",
                "drop-newest"));
    assertThat(configuration.problemLine())
        .contains(
            "5 configuration problems: PUSHER_MODE=gamma: expected one of alpha, beta; records"
                + " for it are dropped | PUSHER_FLUSH=sometimes: expected one of auto, end,"
                + " next-invoke, batch, background; auto is used | PUSHER_BUFFER_MB=2000: expected"
                + " a whole number from 1 to 1024; 20 is used | PUSHER_ALPHA_SIZE=many: expected a"
                + " whole number from 1 to 9; 5 is used | PUSHER_OVERFLOWS is not a known"
                + " variable: did you mean PUSHER_OVERFLOW? It is ignored");
  }

  @Test
  void aWordBetweenSinksThatIsNoCommaKeepsEachNameOneToken() {
    assertThat(lanes(ConfigurationTest.of(Map.of("PUSHER_MODE", "alpha gamma;delta"))))
        .extracting(LaneConfig::name)
        .containsExactly("alpha", "gamma", "delta");
  }

  @Test
  void aSinkThatNobodySelectedIsExplained() {
    AvailableSinks sinks =
        new AvailableSinks(List.of(FakeProvider.of("http"), FakeProvider.of("alpha")), List.of());
    assertThat(new Configuration(environment(Map.of()), sinks).problemLine())
        .hasValue(
            "1 configuration problem: PUSHER_HTTP_PLACE is not set: expected a text (the sink is"
                + " http, because PUSHER_MODE is not set); its sink is off and records for it are"
                + " dropped");
    assertThat(new Configuration(environment(Map.of("PUSHER_MODE", "http")), sinks).problemLine())
        .hasValueSatisfying(line -> assertThat(line).doesNotContain("PUSHER_MODE"));
  }

  @Test
  void aLineAboutAFailedInitializationNamesNoValueInEffect() {
    Map<String, String> variables =
        Map.of(
            "PUSHER_MODE", "alpha,btea",
            "PUSHER_BUFFER_MB", "abc",
            "PUSHER_OVERFLOWS", "drop-newest",
            "PUSHER_ON_ERROR", "fail");
    Configuration configuration = ConfigurationTest.of(variables);
    assertThat(configuration.failsOnError()).isTrue();
    assertThat(configuration.problemLine())
        .hasValue(
            "3 configuration problems: PUSHER_MODE=btea: expected one of alpha, beta; did you mean"
                + " beta? | PUSHER_BUFFER_MB=abc: expected a whole number from 1 to 1024 |"
                + " PUSHER_OVERFLOWS is not a known variable: did you mean PUSHER_OVERFLOW?;"
                + " initialization fails (PUSHER_ON_ERROR=fail)");
  }

  @ParameterizedTest
  @CsvSource({"true, 500, true", "true, 0, false", "false, 500, false", "'', 500, false"})
  void aWarmUpThatAnEarlyStartExcludesIsReported(String early, String millis, boolean reported) {
    Configuration configuration =
        ConfigurationTest.of(
            Map.of(
                "PUSHER_MODE", "alpha",
                "PUSHER_EARLY_START", early,
                "PUSHER_WARM_UP_MS", millis));
    assertThat(configuration.problemLine().orElse(""))
        .isEqualTo(
            reported
                ? "1 configuration problem: PUSHER_WARM_UP_MS has no effect with"
                    + " PUSHER_EARLY_START=true; init does not wait for a warm-up"
                : "");
  }

  @Test
  void aSinkWhoseVariablesContradictOneAnotherIsNotOpened() {
    Contradicting contradicting = new Contradicting(List.of("expected one of A and B, not both"));
    AvailableSinks sinks =
        new AvailableSinks(List.of(contradicting, FakeProvider.of("alpha")), List.of());
    Map<String, String> variables = Map.of("PUSHER_MODE", "contradicting");
    Configuration configuration = new Configuration(environment(variables), sinks);
    assertThat(configuration.problemLine())
        .hasValue(
            "1 configuration problem: contradicting: expected one of A and B, not both; its sink is"
                + " off and records for it are dropped");
    assertThat(lanes(configuration).getFirst().opener()).isNull();
  }

  @Test
  void aSinkThatFailsToFindItsContradictionsIsOpened() {
    AvailableSinks sinks =
        new AvailableSinks(List.of(new Contradicting(null), FakeProvider.of("alpha")), List.of());
    Map<String, String> variables = Map.of("PUSHER_MODE", "contradicting");
    Configuration configuration = new Configuration(environment(variables), sinks);
    assertThat(configuration.problemLine()).isEmpty();
    assertThat(lanes(configuration).getFirst().opener()).isNotNull();
  }

  /// @param found null: it throws
  private record Contradicting(@Nullable List<String> found) implements SinkProvider {
    @Override
    public String mode() {
      return "contradicting";
    }

    @Override
    public int spiVersion() {
      return Spi.VERSION;
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public List<String> contradictions(Settings settings) {
      return requireNonNull(found);
    }

    @Override
    public Sink open(SinkContext context) {
      return new FakeSink();
    }
  }
}
