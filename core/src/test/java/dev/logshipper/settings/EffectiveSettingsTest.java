package dev.logshipper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.pipeline.Batching;
import dev.logshipper.pipeline.Overflow;
import dev.logshipper.platform.Subscription;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.SinkDefaults;
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

class EffectiveSettingsTest {
  private static final SinkDefaults THRESHOLDS =
      SinkDefaults.NONE.withThresholds(
          new SinkDefaults.Thresholds(4_096, 7, Duration.ofSeconds(10)));

  /// Used where the parts are connected or in the launcher, not by the options.
  private static final Set<Setting<?>> READ_ELSEWHERE =
      Set.of(
          CoreSettings.MODE,
          CoreSettings.EARLY_START,
          CoreSettings.RUNTIME_API,
          CoreSettings.REGION,
          CoreSettings.MEMORY_SIZE);

  /// A text for a setting, and what it must change.
  record Mapping(
      Setting<?> setting, String text, Function<CoreOptions, Object> option, Object expected) {}

  private static Stream<Mapping> mappings() {
    return Stream.of(
        new Mapping(CoreSettings.FLUSH, "end", o -> o.flush().mode(), FlushMode.END),
        new Mapping(
            CoreSettings.FLUSH, "next-invoke", o -> o.flush().mode(), FlushMode.NEXT_INVOKE),
        new Mapping(CoreSettings.FLUSH, "batch", o -> o.flush().mode(), FlushMode.BATCH),
        new Mapping(CoreSettings.FLUSH, "BACKGROUND", o -> o.flush().mode(), FlushMode.BACKGROUND),
        new Mapping(
            CoreSettings.FLUSH_AT_NEXT_INVOKE,
            "true",
            o -> o.flush().mode(),
            FlushMode.NEXT_INVOKE),
        new Mapping(
            CoreSettings.MAX_STALENESS_MS,
            "4321",
            o -> o.flush().staleness(),
            Duration.ofMillis(4321)),
        new Mapping(
            CoreSettings.MAX_STALENESS_MS,
            "900000",
            o -> o.batching(SinkDefaults.NONE).staleness(),
            Duration.ofMinutes(15)),
        new Mapping(CoreSettings.WARM_UP_MS, "90", CoreOptions::warmUp, Duration.ofMillis(90)),
        new Mapping(CoreSettings.MEMORY_SIZE, "128", CoreOptions::warmUp, Duration.ofMillis(500)),
        new Mapping(CoreSettings.MEMORY_SIZE, "256", CoreOptions::warmUp, Duration.ofMillis(500)),
        new Mapping(CoreSettings.MAX_HOLD_MS, "0", o -> o.flush().holdMax(), Duration.ZERO),
        new Mapping(
            CoreSettings.BATCH_BYTES,
            "5000",
            o -> o.batching(SinkDefaults.NONE).triggerBytes(),
            5000),
        new Mapping(
            CoreSettings.BATCH_INVOKES, "3", o -> o.batching(THRESHOLDS).invocationsMax(), 3),
        new Mapping(
            CoreSettings.RETRY_INTERVAL_MS,
            "250",
            CoreOptions::firstRetryWait,
            Duration.ofMillis(250)),
        new Mapping(
            CoreSettings.BUFFER_MB, "1024", CoreOptions::bufferBytesMax, 1024L * 1024 * 1024),
        new Mapping(
            CoreSettings.OVERFLOW, "drop-newest", CoreOptions::overflow, Overflow.DROP_NEWEST),
        new Mapping(CoreSettings.BACKPRESSURE, "true", CoreOptions::backpressure, true),
        new Mapping(
            CoreSettings.LOG_TYPES, "extension", CoreOptions::wantedTypes, Set.of("extension")),
        new Mapping(
            CoreSettings.LOG_TYPES,
            "extension,function",
            o -> o.subscription().types(),
            List.of("extension", "function", "platform")),
        new Mapping(
            CoreSettings.ED_LOG_TYPES, "extension", CoreOptions::wantedTypes, Set.of("extension")),
        new Mapping(CoreSettings.ED_TIMEOUT_MS, "500", o -> o.subscription().timeoutMillis(), 500),
        new Mapping(
            CoreSettings.LOGS_API, "logs", o -> o.subscription().api(), Subscription.Api.LOGS),
        new Mapping(
            CoreSettings.PLATFORM_MAX_ITEMS, "10000", o -> o.subscription().maxItems(), 10_000),
        new Mapping(
            CoreSettings.PLATFORM_MAX_BYTES,
            "1048576",
            o -> o.subscription().maxBytes(),
            1_048_576),
        new Mapping(
            CoreSettings.PLATFORM_TIMEOUT_MS, "500", o -> o.subscription().timeoutMillis(), 500),
        new Mapping(
            CoreSettings.PLATFORM_TIMEOUT_MS,
            "500",
            o -> o.flush().startNewsMax(),
            Duration.ofMillis(2500)),
        new Mapping(CoreSettings.LOG_LEVEL, "debug", CoreOptions::logLevel, Level.DEBUG),
        new Mapping(CoreSettings.LOG_LEVEL, "off", CoreOptions::logLevel, Level.OFF),
        new Mapping(CoreSettings.PRINT_EXTENSION_LOGS, "false", CoreOptions::logLevel, Level.WARN),
        new Mapping(CoreSettings.PRINT_EXTENSION_LOGS, "true", CoreOptions::logLevel, Level.DEBUG),
        new Mapping(CoreSettings.LOKI_DEBUG, "true", CoreOptions::logLevel, Level.DEBUG),
        new Mapping(CoreSettings.ON_ERROR, "fail", CoreOptions::failsOnError, true),
        new Mapping(
            CoreSettings.INITIALIZATION_TYPE,
            "lambda-managed-instances",
            CoreOptions::isManagedInstances,
            true),
        new Mapping(
            CoreSettings.INITIALIZATION_TYPE,
            "lambda-managed-instances",
            o -> o.subscription().managedInstances(),
            true));
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void aVariableChangesWhatItSaysItChanges(Mapping mapping) {
    assertThat(mapping.option().apply(options(Map.of()))).isNotEqualTo(mapping.expected());
    CoreOptions changed = options(Map.of(mapping.setting().name(), mapping.text()));
    assertThat(mapping.option().apply(changed)).isEqualTo(mapping.expected());
  }

  @Test
  void noSettingIsWithoutAMapping() {
    Set<Setting<?>> covered = new HashSet<>(READ_ELSEWHERE);
    mappings().forEach(mapping -> covered.add(mapping.setting()));
    List<Setting<?>> declared = new ArrayList<>(CoreSettings.ofUser());
    declared.addAll(CoreSettings.ofPlatform());
    assertThat(covered).hasSameElementsAs(declared);
  }

  @ParameterizedTest
  @CsvSource({"257,", "128,lambda-managed-instances"})
  void nobodyWarmsUpWhereTheCpuIsPlentifulLater(String megabytes, @Nullable String type) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", megabytes);
    if (type != null) {
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", type);
    }
    assertThat(options(environment).warmUp()).isEqualTo(Duration.ZERO);
  }

  @Test
  void whatTheUserSaysOfTheWarmUpHolds() {
    Map<String, String> both =
        Map.of("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128", "PUSHER_WARM_UP_MS", "0");
    assertThat(options(both).warmUp()).isEqualTo(Duration.ZERO);
  }

  @Test
  void ourFlushVariableWinsOverTheOneOfEdgeDelta() {
    Map<String, String> both = Map.of("PUSHER_FLUSH", "end", "ED_FLUSH_AT_NEXT_INVOKE", "true");
    assertThat(options(both).flush().mode()).isEqualTo(FlushMode.END);
  }

  @Test
  void ourLogLevelWinsOverTheSwitchOfEdgeDelta() {
    Map<String, String> both =
        Map.of("PUSHER_LOG_LEVEL", "warn", "ED_PRINT_EXTENSION_LOGS", "true");
    assertThat(options(both).logLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void platformEventsAreSubscribedToOnce() {
    assertThat(options(Map.of()).subscription().types()).containsExactly("function", "platform");
  }

  @Test
  void withoutThresholdsRecordsLeaveWithEachFlush() {
    assertThat(options(Map.of()).batching(SinkDefaults.NONE))
        .isEqualTo(Batching.withEachFlush(786_432, Duration.ofSeconds(1)));
    assertThat(options(Map.of()).batching(SinkDefaults.NONE.withBatchBytes(1000)))
        .isEqualTo(Batching.withEachFlush(1000, Duration.ofSeconds(1)));
  }

  @Test
  void aSinkMayShipByThresholds() {
    assertThat(options(Map.of()).batching(THRESHOLDS))
        .isEqualTo(new Batching(4_096, 786_432, Duration.ofSeconds(10), 7));
    assertThat(options(Map.of("PUSHER_FLUSH", "end")).batching(THRESHOLDS))
        .isEqualTo(Batching.withEachFlush(786_432, Duration.ofSeconds(1)));
  }

  @Test
  void ourVariablesWinOverThresholdsOfASink() {
    Map<String, String> ours =
        Map.of(
            "PUSHER_BATCH_BYTES",
            "9",
            "PUSHER_BATCH_INVOKES",
            "8",
            "PUSHER_MAX_STALENESS_MS",
            "77");
    assertThat(options(ours).batching(THRESHOLDS))
        .isEqualTo(new Batching(9, 9, Duration.ofMillis(77), 8));
  }

  @Test
  void inBatchesEverySinkShipsByThresholds() {
    assertThat(options(Map.of("PUSHER_FLUSH", "batch")).batching(SinkDefaults.NONE))
        .isEqualTo(new Batching(786_432, 786_432, Duration.ofSeconds(1), 10));
  }

  @Test
  void thePlatformIsAskedForWhatSomeSinkWantsAndEachSinkGetsItsOwn() {
    SinkDefaults function = SinkDefaults.NONE.withLogTypes(List.of("function"));
    SinkDefaults extension = SinkDefaults.NONE.withLogTypes(List.of("extension"));
    CoreOptions options = options(Map.of(), function, extension);

    assertThat(options.subscription().types()).containsExactly("function", "extension", "platform");
    assertThat(options.wantedTypes()).containsExactly("function", "extension");
    assertThat(options.unwantedTypes(function)).containsExactly("extension");
    assertThat(options.unwantedTypes(extension)).containsExactly("function");
  }

  @Test
  void ourLogTypesWinOverThoseOfASinkAndThoseOverEdgeDeltas() {
    SinkDefaults platform = SinkDefaults.NONE.withLogTypes(List.of("platform"));
    Map<String, String> both =
        Map.of("PUSHER_LOG_TYPES", "function", "ED_LAMBDA_LOG_TYPES", "extension");

    assertThat(options(both, platform).wantedTypes()).containsExactly("function");
    assertThat(options(Map.of("ED_LAMBDA_LOG_TYPES", "extension"), platform).wantedTypes())
        .containsExactly("platform");
  }

  @Test
  void theShortestOfSeveralTimesForWhichThePlatformMayCollectCounts() {
    SinkDefaults slow = SinkDefaults.NONE.withPlatformTimeout(Duration.ofMillis(900));
    SinkDefaults quick = SinkDefaults.NONE.withPlatformTimeout(Duration.ofMillis(200));

    assertThat(options(Map.of(), slow, quick).subscription().timeoutMillis()).isEqualTo(200);
    assertThat(options(Map.of("ED_LAMBDA_TIMEOUT_MS", "100"), slow).subscription().timeoutMillis())
        .isEqualTo(100);
    assertThat(
            options(Map.of("PUSHER_PLATFORM_TIMEOUT_MS", "3000"), slow, quick)
                .subscription()
                .timeoutMillis())
        .isEqualTo(3000);
  }

  private static CoreOptions options(Map<String, String> environment) {
    return options(environment, SinkDefaults.NONE);
  }

  private static CoreOptions options(Map<String, String> environment, SinkDefaults... wishes) {
    List<Setting<?>> declared = new ArrayList<>(CoreSettings.ofUser());
    declared.addAll(CoreSettings.ofPlatform());
    return new CoreOptions(Settings.of(environment, declared), List.of(wishes));
  }
}
