package dev.logshipper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.platform.Subscription;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import dev.logshipper.testkit.FakeSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The values in effect: the user's variable, else a sink's default, else core's.
class ConfigurationValuesTest {
  private static final SinkDefaults THRESHOLDS =
      SinkDefaults.NONE.withThresholds(
          new SinkDefaults.Thresholds(4_096, 7, Duration.ofSeconds(10)));

  /// Read by the launcher, or tested with the selection of sinks.
  private static final Set<Setting<?>> READ_ELSEWHERE =
      Set.of(CoreSettings.MODE, CoreSettings.EARLY_START);

  /// A sink with defaults and without settings.
  private record ProviderWithDefaults(String mode, SinkDefaults values) implements SinkProvider {
    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public int spiVersion() {
      return Spi.VERSION;
    }

    @Override
    public SinkDefaults defaults(Settings settings) {
      return values;
    }

    @Override
    public Sink open(SinkContext context) {
      return new FakeSink();
    }
  }

  /// A text for a setting, and the value that it must change.
  record Mapping(
      Setting<?> setting, String text, Function<Configuration, Object> value, Object expected) {}

  private static Stream<Mapping> mappings() {
    return Stream.of(
        new Mapping(CoreSettings.FLUSH, "end", c -> c.flush().mode(), FlushMode.END),
        new Mapping(
            CoreSettings.FLUSH, "next-invoke", c -> c.flush().mode(), FlushMode.NEXT_INVOKE),
        new Mapping(CoreSettings.FLUSH, "batch", c -> c.flush().mode(), FlushMode.BATCH),
        new Mapping(CoreSettings.FLUSH, "BACKGROUND", c -> c.flush().mode(), FlushMode.BACKGROUND),
        new Mapping(
            CoreSettings.MAX_STALENESS,
            "4321",
            c -> c.flush().staleness(),
            Duration.ofMillis(4321)),
        new Mapping(
            CoreSettings.MAX_STALENESS,
            "900000",
            c -> lane(c).batching().staleness(),
            Duration.ofMinutes(15)),
        new Mapping(CoreSettings.WARM_UP, "90", Configuration::warmUp, Duration.ofMillis(90)),
        new Mapping(CoreSettings.MEMORY_SIZE, "128", Configuration::warmUp, Duration.ofMillis(500)),
        new Mapping(CoreSettings.MEMORY_SIZE, "256", Configuration::warmUp, Duration.ofMillis(500)),
        new Mapping(CoreSettings.MEMORY_SIZE, "512", Configuration::memoryMegabytes, 512),
        new Mapping(CoreSettings.REGION, "eu-west-1", Configuration::region, "eu-west-1"),
        new Mapping(CoreSettings.RUNTIME_API, "host:1", Configuration::runtimeApi, "host:1"),
        new Mapping(CoreSettings.MAX_HOLD, "0", c -> c.flush().holdMax(), Duration.ZERO),
        new Mapping(CoreSettings.BATCH_BYTES, "5000", c -> lane(c).batching().triggerBytes(), 5000),
        new Mapping(
            CoreSettings.BATCH_INVOKES,
            "3",
            c -> c.flush().mode() == FlushMode.AUTO ? invocations(c) : 0,
            3),
        new Mapping(
            CoreSettings.RETRY_INTERVAL,
            "250",
            c -> lane(c).retryInterval(),
            Duration.ofMillis(250)),
        new Mapping(
            CoreSettings.BUFFER, "1024", Configuration::bufferBytesMax, 1024L * 1024 * 1024),
        new Mapping(
            CoreSettings.OVERFLOW, "drop-newest", Configuration::overflow, Overflow.DROP_NEWEST),
        new Mapping(CoreSettings.BACKPRESSURE, "true", Configuration::backpressure, true),
        new Mapping(
            CoreSettings.LOG_TYPES, "extension", Configuration::logTypes, Set.of("extension")),
        new Mapping(
            CoreSettings.LOG_TYPES,
            "extension,function",
            c -> c.subscription().types(),
            List.of("extension", "function", "platform")),
        new Mapping(
            CoreSettings.LOGS_API, "logs", c -> c.subscription().api(), Subscription.Api.LOGS),
        new Mapping(
            CoreSettings.PLATFORM_MAX_ITEMS, "10000", c -> c.subscription().maxItems(), 10_000),
        new Mapping(
            CoreSettings.PLATFORM_MAX_BYTES,
            "1048576",
            c -> c.subscription().maxBytes(),
            1_048_576),
        new Mapping(
            CoreSettings.PLATFORM_TIMEOUT, "500", c -> c.subscription().timeoutMillis(), 500),
        new Mapping(CoreSettings.LOG_LEVEL, "debug", Configuration::logLevel, Level.DEBUG),
        new Mapping(CoreSettings.LOG_LEVEL, "off", Configuration::logLevel, Level.OFF),
        new Mapping(CoreSettings.ON_ERROR, "fail", Configuration::failsOnError, true),
        new Mapping(
            CoreSettings.INITIALIZATION_TYPE,
            "lambda-managed-instances",
            Configuration::isManagedInstances,
            true),
        new Mapping(
            CoreSettings.INITIALIZATION_TYPE,
            "lambda-managed-instances",
            c -> c.subscription().managedInstances(),
            true));
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void variableChangesItsValue(Mapping mapping) {
    SinkDefaults defaults =
        mapping.setting() == CoreSettings.BATCH_INVOKES ? THRESHOLDS : SinkDefaults.NONE;
    assertThat(mapping.value().apply(of(Map.of(), defaults))).isNotEqualTo(mapping.expected());
    Configuration changed = of(Map.of(mapping.setting().name(), mapping.text()), defaults);
    assertThat(mapping.value().apply(changed)).isEqualTo(mapping.expected());
  }

  @Test
  void everySettingHasAMapping() {
    Set<Setting<?>> covered = new HashSet<>(READ_ELSEWHERE);
    mappings().forEach(mapping -> covered.add(mapping.setting()));
    List<Setting<?>> declared = new ArrayList<>(CoreSettings.ofUser());
    declared.addAll(CoreSettings.ofPlatform());
    assertThat(covered).hasSameElementsAs(declared);
  }

  @Test
  void startEventMayBeLateByThePlatformsTimeoutAndTwoSeconds() {
    assertThat(of(Map.of("PUSHER_PLATFORM_TIMEOUT_MS", "500")).flush().startEventTimeout())
        .isEqualTo(Duration.ofMillis(2500));
  }

  @ParameterizedTest
  @CsvSource({"257,", "128,lambda-managed-instances"})
  void thereIsNoWarmUpWhereTheCpuIsPlentifulLater(String megabytes, @Nullable String type) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", megabytes);
    if (type != null) {
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", type);
    }
    assertThat(of(environment).warmUp()).isEqualTo(Duration.ZERO);
  }

  @Test
  void usersWarmUpTakesPrecedence() {
    Map<String, String> both =
        Map.of("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128", "PUSHER_WARM_UP_MS", "0");
    assertThat(of(both).warmUp()).isEqualTo(Duration.ZERO);
  }

  @Test
  void platformEventsAreSubscribedToOnce() {
    assertThat(of(Map.of()).subscription().types()).containsExactly("function", "platform");
  }

  @Test
  void laneWithoutThresholdsSendsWithEachFlush() {
    assertThat(lane(of(Map.of())).batching())
        .isEqualTo(Batching.withEachFlush(786_432, Duration.ofSeconds(1)));
    assertThat(lane(of(Map.of(), SinkDefaults.NONE.withBatchBytes(1000))).batching())
        .isEqualTo(Batching.withEachFlush(1000, Duration.ofSeconds(1)));
  }

  @Test
  void sinkMaySendByThresholds() {
    assertThat(lane(of(Map.of(), THRESHOLDS)).batching())
        .isEqualTo(new Batching(4_096, 786_432, Duration.ofSeconds(10), 7));
    assertThat(lane(of(Map.of("PUSHER_FLUSH", "end"), THRESHOLDS)).batching())
        .isEqualTo(Batching.withEachFlush(786_432, Duration.ofSeconds(1)));
  }

  @Test
  void usersVariablesTakePrecedenceOverThresholdsOfASink() {
    Map<String, String> ours =
        Map.of(
            "PUSHER_BATCH_BYTES",
            "9",
            "PUSHER_BATCH_INVOKES",
            "8",
            "PUSHER_MAX_STALENESS_MS",
            "77");
    assertThat(lane(of(ours, THRESHOLDS)).batching())
        .isEqualTo(new Batching(9, 9, Duration.ofMillis(77), 8));
  }

  @Test
  void withFlushInBatchesEveryLaneSendsByThresholds() {
    assertThat(lane(of(Map.of("PUSHER_FLUSH", "batch"))).batching())
        .isEqualTo(new Batching(786_432, 786_432, Duration.ofSeconds(1), 10));
  }

  @Test
  void subscriptionCoversTheTypesOfEachSinkAndEachSinkReceivesItsOwn() {
    SinkDefaults function = SinkDefaults.NONE.withLogTypes(List.of("function"));
    SinkDefaults extension = SinkDefaults.NONE.withLogTypes(List.of("extension"));
    Configuration configuration = of(Map.of(), function, extension);

    assertThat(configuration.subscription().types())
        .containsExactly("function", "extension", "platform");
    assertThat(configuration.logTypes()).containsExactly("function", "extension");
    assertThat(lanes(configuration).getFirst().unwanted()).containsExactly("extension");
    assertThat(lanes(configuration).getLast().unwanted()).containsExactly("function");
  }

  @Test
  void usersLogTypesTakePrecedenceOverThoseOfASink() {
    SinkDefaults platform = SinkDefaults.NONE.withLogTypes(List.of("platform"));

    assertThat(of(Map.of("PUSHER_LOG_TYPES", "function"), platform).logTypes())
        .containsExactly("function");
    assertThat(of(Map.of(), platform).logTypes()).containsExactly("platform");
  }

  @Test
  void whereSinksDifferTheValueThatIsSafeForAllApplies() {
    SinkDefaults one =
        SinkDefaults.NONE
            .withPlatformTimeout(Duration.ofMillis(900))
            .withPlatformMaxItems(5_000)
            .withPlatformMaxBytes(300_000)
            .withBufferBytes(3L << 20)
            .withLogLevel(Level.WARN)
            .withRetryInterval(Duration.ofMillis(7));
    SinkDefaults other =
        SinkDefaults.NONE
            .withPlatformTimeout(Duration.ofMillis(200))
            .withPlatformMaxItems(2_000)
            .withPlatformMaxBytes(400_000)
            .withBufferBytes(9L << 20)
            .withLogLevel(Level.DEBUG)
            .withFlushMode(FlushMode.NEXT_INVOKE);
    Configuration both = of(Map.of(), one, other);

    assertThat(both.subscription().timeoutMillis()).isEqualTo(200);
    assertThat(both.subscription().maxItems()).isEqualTo(2_000);
    assertThat(both.subscription().maxBytes()).isEqualTo(300_000);
    assertThat(both.bufferBytesMax()).isEqualTo(9L << 20);
    assertThat(both.logLevel()).isEqualTo(Level.DEBUG);
    assertThat(both.flush().mode()).isEqualTo(FlushMode.NEXT_INVOKE);
    assertThat(lanes(both).getFirst().retryInterval()).isEqualTo(Duration.ofMillis(7));
    assertThat(lanes(both).getLast().retryInterval()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void usersVariablesTakePrecedenceOverDefaultsOfASink() {
    SinkDefaults defaults =
        SinkDefaults.NONE
            .withPlatformTimeout(Duration.ofMillis(900))
            .withLogLevel(Level.DEBUG)
            .withFlushMode(FlushMode.NEXT_INVOKE)
            .withBufferBytes(3L << 20);
    Configuration configuration =
        of(
            Map.of(
                "PUSHER_PLATFORM_TIMEOUT_MS",
                "3000",
                "PUSHER_LOG_LEVEL",
                "warn",
                "PUSHER_FLUSH",
                "end",
                "PUSHER_BUFFER_MB",
                "20"),
            defaults);

    assertThat(configuration.subscription().timeoutMillis()).isEqualTo(3000);
    assertThat(configuration.logLevel()).isEqualTo(Level.WARN);
    assertThat(configuration.flush().mode()).isEqualTo(FlushMode.END);
    assertThat(configuration.bufferBytesMax()).isEqualTo(20L << 20);
  }

  private static int invocations(Configuration configuration) {
    return lane(configuration).batching().invocationsMax();
  }

  private static LaneConfig lane(Configuration configuration) {
    return lanes(configuration).getFirst();
  }

  private static List<LaneConfig> lanes(Configuration configuration) {
    return ConfigurationTest.lanes(configuration);
  }

  private static Configuration of(Map<String, String> environment) {
    return of(environment, SinkDefaults.NONE);
  }

  private static Configuration of(Map<String, String> given, SinkDefaults... defaults) {
    List<SinkProvider> providers = new ArrayList<>();
    List<String> modes = new ArrayList<>();
    for (SinkDefaults each : defaults) {
      String mode = "sink-" + providers.size();
      modes.add(mode);
      providers.add(new ProviderWithDefaults(mode, each));
    }
    Map<String, String> environment = new HashMap<>(given);
    environment.putIfAbsent("PUSHER_MODE", String.join(",", modes));
    environment.putIfAbsent("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001");
    return new Configuration(environment, new AvailableSinks(providers, List.of()));
  }
}
