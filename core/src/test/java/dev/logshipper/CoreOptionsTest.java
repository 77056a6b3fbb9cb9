package dev.logshipper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.lifecycle.FlushMode;
import dev.logshipper.lifecycle.Subscription;
import dev.logshipper.pipeline.Overflow;
import dev.logshipper.sink.Diagnostics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoreOptionsTest {
  /// Used where the parts are connected, not by the options.
  private static final Set<Setting<?>> READ_BY_THE_WIRING =
      Set.of(
          CoreSettings.MODE,
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
            CoreOptions::staleness,
            Duration.ofMinutes(15)),
        new Mapping(CoreSettings.MAX_HOLD_MS, "0", o -> o.flush().holdMax(), Duration.ZERO),
        new Mapping(CoreSettings.BATCH_BYTES, "5000", CoreOptions::batchBytes, 5000),
        new Mapping(CoreSettings.BATCH_INVOKES, "3", o -> o.flush().batchInvokesMax(), 3),
        new Mapping(
            CoreSettings.RETRY_INTERVAL_MS,
            "250",
            CoreOptions::firstRetryWait,
            Duration.ofMillis(250)),
        new Mapping(
            CoreSettings.BUFFER_MB, "1024", CoreOptions::bufferBytesMax, 1024L * 1024 * 1024),
        new Mapping(
            CoreSettings.OVERFLOW, "drop-newest", CoreOptions::overflow, Overflow.DROP_NEWEST),
        new Mapping(
            CoreSettings.LOG_TYPES, "extension", CoreOptions::wantedTypes, Set.of("extension")),
        new Mapping(
            CoreSettings.LOG_TYPES,
            "extension,function",
            o -> o.subscription().types(),
            List.of("extension", "function", "platform")),
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
        new Mapping(
            CoreSettings.LOG_LEVEL, "debug", CoreOptions::logLevel, Diagnostics.Level.DEBUG),
        new Mapping(CoreSettings.LOG_LEVEL, "off", CoreOptions::logLevel, Diagnostics.Level.OFF),
        new Mapping(
            CoreSettings.PRINT_EXTENSION_LOGS,
            "false",
            CoreOptions::logLevel,
            Diagnostics.Level.WARN),
        new Mapping(
            CoreSettings.PRINT_EXTENSION_LOGS,
            "true",
            CoreOptions::logLevel,
            Diagnostics.Level.DEBUG),
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
    Set<Setting<?>> covered = new HashSet<>(READ_BY_THE_WIRING);
    mappings().forEach(mapping -> covered.add(mapping.setting()));
    List<Setting<?>> declared = new ArrayList<>(CoreSettings.ofUser());
    declared.addAll(CoreSettings.ofPlatform());
    assertThat(covered).hasSameElementsAs(declared);
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
    assertThat(options(both).logLevel()).isEqualTo(Diagnostics.Level.WARN);
  }

  @Test
  void platformEventsAreSubscribedToOnce() {
    assertThat(options(Map.of()).subscription().types()).containsExactly("function", "platform");
  }

  private static CoreOptions options(Map<String, String> environment) {
    List<Setting<?>> declared = new ArrayList<>(CoreSettings.ofUser());
    declared.addAll(CoreSettings.ofPlatform());
    return new CoreOptions(Settings.of(environment, declared));
  }
}
