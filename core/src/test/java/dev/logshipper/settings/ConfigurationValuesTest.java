package dev.logshipper.settings;

import static dev.logshipper.settings.SinksWithDefaults.lane;
import static dev.logshipper.settings.SinksWithDefaults.withDefaults;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import dev.logshipper.lifecycle.FlushConfig;
import dev.logshipper.pipeline.Pipeline.Overflow;
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

/// The values in effect: the user's variable, else a sink's default, else core's.
class ConfigurationValuesTest {
  private static final SinkDefaults THRESHOLDS =
      SinkDefaults.builder()
          .thresholds(new SinkDefaults.Thresholds(4_096, 7, Duration.ofSeconds(10)))
          .build();

  /// Read by the launcher, or tested with the selection of sinks.
  private static final Set<Setting<?>> READ_ELSEWHERE =
      Set.of(CoreSettings.MODE, CoreSettings.EARLY_START);

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
        new Mapping(CoreSettings.TLS, "java", Configuration::usesNativeTls, false),
        new Mapping(CoreSettings.WARM_UP, "90", Configuration::warmUp, Duration.ofMillis(90)),
        new Mapping(
            PlatformSettings.MEMORY_SIZE, "128", Configuration::warmUp, Duration.ofMillis(500)),
        new Mapping(
            PlatformSettings.MEMORY_SIZE, "511", Configuration::warmUp, Duration.ofMillis(500)),
        new Mapping(PlatformSettings.MEMORY_SIZE, "512", Configuration::memoryMegabytes, 512),
        new Mapping(PlatformSettings.REGION, "eu-west-1", Configuration::region, "eu-west-1"),
        new Mapping(PlatformSettings.RUNTIME_API, "host:1", Configuration::runtimeApi, "host:1"),
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
            c -> lane(c).retries().interval(),
            Duration.ofMillis(250)),
        new Mapping(
            CoreSettings.RETRY_AFTER_MAX,
            "5000",
            c -> lane(c).retries().waitMax(),
            Duration.ofSeconds(5)),
        new Mapping(
            CoreSettings.REJECT_GRACE, "0", c -> lane(c).retries().rejectGrace(), Duration.ZERO),
        new Mapping(
            CoreSettings.BUFFER, "1024", Configuration::bufferBytesMax, 1024L * 1024 * 1024),
        new Mapping(CoreSettings.OWN_LINES, "false", Configuration::shipsOwnLines, false),
        new Mapping(CoreSettings.HEALTH_RECORDS, "json", Configuration::shipsHealth, true),
        new Mapping(
            CoreSettings.HEALTH_INTERVAL,
            "5000",
            Configuration::healthInterval,
            Duration.ofMillis(5000)),
        new Mapping(CoreSettings.SPOOL, "3", Configuration::spoolBytesMax, 3L << 20),
        new Mapping(
            PlatformSettings.TEMPORARY_FOLDER,
            "/var/tmp",
            Configuration::temporaryFolder,
            "/var/tmp"),
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
        new Mapping(CoreSettings.JOIN_LINES, "true", c -> c.lineStages() != null, true),
        new Mapping(CoreSettings.LIFT, "level,x=user.id", c -> c.lineStages() != null, true),
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
            PlatformSettings.INITIALIZATION_TYPE,
            "lambda-managed-instances",
            Configuration::isManagedInstances,
            true),
        new Mapping(
            PlatformSettings.INITIALIZATION_TYPE,
            "lambda-managed-instances",
            Configuration::runsConcurrently,
            true),
        new Mapping(PlatformSettings.MAX_CONCURRENCY, "2", Configuration::runsConcurrently, true),
        new Mapping(
            PlatformSettings.INITIALIZATION_TYPE,
            "lambda-managed-instances",
            c -> c.subscription().managedInstances(),
            true));
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void variableChangesItsValue(Mapping mapping) {
    SinkDefaults defaults =
        mapping.setting() == CoreSettings.BATCH_INVOKES ? THRESHOLDS : SinkDefaults.NONE;
    assertThat(mapping.value().apply(withDefaults(Map.of(), defaults)))
        .isNotEqualTo(mapping.expected());
    Configuration changed =
        withDefaults(Map.of(mapping.setting().name(), mapping.text()), defaults);
    assertThat(mapping.value().apply(changed)).isEqualTo(mapping.expected());
  }

  @Test
  void everySettingHasAMapping() {
    Set<Setting<?>> covered = new HashSet<>(READ_ELSEWHERE);
    mappings().forEach(mapping -> covered.add(mapping.setting()));
    List<Setting<?>> declared = new ArrayList<>(CoreSettings.ofUser());
    declared.addAll(PlatformSettings.all());
    assertThat(covered).hasSameElementsAs(declared);
  }

  @Test
  void startEventMayBeLateByThePlatformsTimeoutAndTwoSeconds() {
    assertThat(
            withDefaults(Map.of("PUSHER_PLATFORM_TIMEOUT_MS", "500")).flush().startEventTimeout())
        .isEqualTo(Duration.ofMillis(2500));
  }

  @ParameterizedTest
  @CsvSource({"511,2000", "512,250", "0,250"})
  void firstHoldIsShortExceptWhereTheCpuIsScarce(String megabytes, long millis) {
    assertThat(withDefaults(Map.of("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", megabytes)).flush())
        .extracting(FlushConfig::firstHoldMax)
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"512,", "128,lambda-managed-instances"})
  void thereIsNoWarmUpWhereTheCpuIsPlentifulLater(String megabytes, @Nullable String type) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", megabytes);
    if (type != null) {
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", type);
    }
    assertThat(withDefaults(environment).warmUp()).isEqualTo(Duration.ZERO);
  }

  @Test
  void usersWarmUpTakesPrecedence() {
    Map<String, String> both =
        Map.of("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128", "PUSHER_WARM_UP_MS", "0");
    assertThat(withDefaults(both).warmUp()).isEqualTo(Duration.ZERO);
  }

  @Test
  void platformEventsAreSubscribedToOnce() {
    assertThat(withDefaults(Map.of()).subscription().types())
        .containsExactly("function", "platform");
  }

  private static int invocations(Configuration configuration) {
    return lane(configuration).batching().invocationsMax();
  }
}
