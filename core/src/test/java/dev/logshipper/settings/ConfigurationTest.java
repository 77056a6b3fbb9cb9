package dev.logshipper.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.LaneConfig.Chain;
import dev.logshipper.pipeline.LaneControl;
import dev.logshipper.select.Sample;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  private static final Map<String, String> WELL =
      Map.of("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001", "PUSHER_ALPHA_PLACE", "here");
  private static final AvailableSinks SINKS =
      new AvailableSinks(List.of(FakeProvider.of("alpha"), FakeProvider.of("beta")), List.of());

  @Test
  void aGoodEnvironmentHasNoProblemsAndALaneForEachSink() {
    Configuration configuration =
        of(Map.of("PUSHER_MODE", " Alpha ,beta,", "PUSHER_BETA_PLACE", "there"));
    assertThat(configuration.problemLine()).isEmpty();
    assertThat(lanes(configuration)).extracting(LaneConfig::name).containsExactly("alpha", "beta");
    assertThat(lanes(configuration)).allMatch(lane -> lane.opener() != null);
  }

  @Test
  void variableOfALaneTakesPrecedenceThereOnly() {
    Map<String, String> variables = new HashMap<>();
    variables.put("PUSHER_MODE", "alpha,beta");
    variables.put("PUSHER_BETA_PLACE", "there");
    variables.put("PUSHER_BATCH_BYTES", "77");
    variables.put("PUSHER_BETA_BATCH_BYTES", "55");
    variables.put("PUSHER_BETA_LOG_TYPES", "extension");
    variables.put("PUSHER_BETA_FLUSH", "batch");
    variables.put("PUSHER_BETA_MAX_STALENESS_MS", "7000");
    variables.put("PUSHER_BETA_SAMPLE_PERCENT", "25.5");
    Configuration configuration = of(variables);

    assertThat(configuration.problemLine()).isEmpty();
    LaneConfig alpha = lanes(configuration).getFirst();
    LaneConfig beta = lanes(configuration).getLast();
    assertThat(alpha.batching()).isEqualTo(Batching.withEachFlush(77, Duration.ofSeconds(1)));
    assertThat(alpha.control()).isEqualTo(LaneControl.NONE);
    assertThat(beta.batching()).isEqualTo(new Batching(55, 55, Duration.ofSeconds(7), 10));
    assertThat(beta.unwanted()).containsExactlyInAnyOrder("function", "platform");
    assertThat(beta.control().filters()).containsExactly(new Sample(25.5));
    assertThat(configuration.flush().mode()).isEqualTo(FlushMode.AUTO);
  }

  @ParameterizedTest
  @CsvSource({
    "end, batch, END",
    "batch, end, END",
    "next-invoke, auto, AUTO",
    "background, batch, BACKGROUND",
    "next-invoke, background, NEXT_INVOKE",
  })
  void lanesAreFlushedTogetherAsTheStrictestWants(String alpha, String beta, FlushMode together) {
    Map<String, String> variables = new HashMap<>();
    variables.put("PUSHER_MODE", "alpha,beta");
    variables.put("PUSHER_BETA_PLACE", "there");
    variables.put("PUSHER_ALPHA_FLUSH", alpha);
    variables.put("PUSHER_BETA_FLUSH", beta);
    assertThat(of(variables).flush().mode()).isEqualTo(together);
  }

  @Test
  void aFlightRecorderNeedsThePlatformsEventsAndDoesNotShipThem() {
    Map<String, String> variables =
        Map.of(
            "PUSHER_MODE", "alpha", "PUSHER_LOG_TYPES", "function", "PUSHER_ALPHA_KEEP", "failed");
    Configuration configuration = of(variables);
    assertThat(configuration.logTypes()).containsExactlyInAnyOrder("function", "platform");
    LaneConfig lane = lanes(configuration).getFirst();
    assertThat(lane.unwanted()).containsExactly("platform");
    assertThat(lane.control().recorder()).isNotNull();
  }

  @Test
  void sinksOfAChainStandInForEachOther() {
    Map<String, String> variables =
        Map.of("PUSHER_MODE", "alpha > beta", "PUSHER_BETA_PLACE", "there");
    Configuration configuration = of(variables);
    assertThat(configuration.problemLine()).isEmpty();
    assertThat(lanes(configuration))
        .extracting(LaneConfig::chain)
        .containsExactly(new Chain(false, "beta"), new Chain(true, null));
  }

  @Test
  void anAliasSelectsASinkUnderItsModeAndNamesItsVariables() {
    FakeProvider aliased = FakeProvider.of("alpha").aliased("first-letter");
    AvailableSinks sinks = new AvailableSinks(List.of(aliased, FakeProvider.of("beta")), List.of());
    Map<String, String> variables =
        Map.of(
            "PUSHER_MODE", "First-Letter>beta,alpha",
            "PUSHER_BETA_PLACE", "there",
            "PUSHER_FIRST_LETTER_BATCH_BYTES", "77",
            "PUSHER_FIRST_LETTER_RETRY_INTERVAL_MS", "5",
            "PUSHER_ALPHA_RETRY_INTERVAL_MS", "6");
    Configuration configuration = new Configuration(environment(variables), sinks);
    assertThat(configuration.problemLine())
        .hasValue(
            "2 configuration problems: PUSHER_MODE names alpha more than once; the first place"
                + " counts | PUSHER_FIRST_LETTER_RETRY_INTERVAL_MS and"
                + " PUSHER_ALPHA_RETRY_INTERVAL_MS disagree; PUSHER_ALPHA_RETRY_INTERVAL_MS is"
                + " used");
    LaneConfig lane = lanes(configuration).getFirst();
    assertThat(lane)
        .returns("alpha", LaneConfig::name)
        .returns(new Chain(false, "beta"), LaneConfig::chain);
    assertThat(lane.batching().batchBytes()).isEqualTo(77);
    assertThat(lane.retries().interval()).isEqualTo(Duration.ofMillis(6));
  }

  @Test
  void aLaneWorksAsTheSettingsSay() {
    Configuration configuration =
        of(
            Map.of(
                "PUSHER_MODE",
                "alpha",
                "PUSHER_BATCH_BYTES",
                "77",
                "PUSHER_MAX_STALENESS_MS",
                "50",
                "PUSHER_RETRY_INTERVAL_MS",
                "5"));
    LaneConfig lane = lanes(configuration).getFirst();
    assertThat(lane.batching()).isEqualTo(Batching.withEachFlush(77, Duration.ofMillis(50)));
    assertThat(lane.retries().interval()).isEqualTo(Duration.ofMillis(5));
    assertThat(requireNonNull(lane.opener()).get().limits().recordsMax()).isEqualTo(1_000);
  }

  @Test
  void aSinkHasAWordInHowItsLaneWorks() {
    SinkDefaults defaults =
        SinkDefaults.builder().batchBytes(55).logTypes(List.of("extension")).build();
    AvailableSinks sinks =
        new AvailableSinks(
            List.of(new ProviderWithDefaults("eager", _ -> defaults), FakeProvider.of("alpha")),
            List.of());
    Configuration configuration =
        new Configuration(environment(Map.of("PUSHER_MODE", "eager,alpha")), sinks);

    LaneConfig lane = lanes(configuration).getFirst();
    assertThat(lane.batching().batchBytes()).isEqualTo(55);
    assertThat(lane.unwanted()).containsExactlyInAnyOrder("function", "platform");
    assertThat(lanes(configuration).getLast().unwanted()).containsExactly("extension");
  }

  @Test
  void aSinkThatFailsToSayWhatSuitsItGetsTheDefaults() {
    AvailableSinks sinks =
        new AvailableSinks(
            List.of(
                new ProviderWithDefaults(
                    "eager",
                    _ -> {
                      throw new IllegalStateException("secret");
                    })),
            List.of());
    Configuration configuration =
        new Configuration(environment(Map.of("PUSHER_MODE", "eager")), sinks);

    assertThat(configuration.problemLine().orElseThrow())
        .contains("eager: defaults() failed (java.lang.IllegalStateException); using core's")
        .doesNotContain("secret");
    assertThat(lanes(configuration).getFirst().batching().batchBytes()).isEqualTo(786_432);
  }

  /// A sink that only defaults.
  private record ProviderWithDefaults(String mode, Function<Settings, SinkDefaults> defaults)
      implements SinkProvider {
    @Override
    public int spiVersion() {
      return Spi.VERSION;
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public SinkDefaults defaults(Settings settings) {
      return defaults.apply(settings);
    }

    @Override
    public Sink open(SinkContext context) {
      return new FakeSink();
    }
  }

  static Configuration of(Map<String, String> more) {
    return new Configuration(environment(more), SINKS);
  }

  static Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new java.util.HashMap<>(WELL);
    environment.putAll(more);
    return environment;
  }

  static List<LaneConfig> lanes(Configuration configuration) {
    return configuration.lanes(
        () -> new FunctionIdentity("f", "1", "eu-west-1", 128, null, null),
        new CapturedOutput().diagnostics());
  }
}
