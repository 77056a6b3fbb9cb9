package dev.logshipper.format.edgedelta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.SinkDefaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The extension's variables become defaults for core.
class EdgeDeltaSettingsTest {
  @Test
  void defaultsOfCoreApplyWithoutVariables() {
    assertThat(defaults(Map.of())).isEqualTo(SinkDefaults.NONE);
  }

  @Test
  void eachVariableSetsItsDefault() {
    assertThat(
            defaults(
                Map.of(
                    "ED_FLUSH_AT_NEXT_INVOKE", "true",
                    "ED_RETRY_INTERVAL_MS", "250",
                    "ED_BUFFER_SIZE_MB", "7",
                    "ED_LAMBDA_LOG_TYPES", "function,extension",
                    "ED_LAMBDA_MAX_ITEMS", "2000",
                    "ED_LAMBDA_MAX_BYTES", "300000",
                    "ED_LAMBDA_TIMEOUT_MS", "500",
                    "ED_PRINT_EXTENSION_LOGS", "true")))
        .isEqualTo(
            SinkDefaults.builder()
                .flushMode(FlushMode.NEXT_INVOKE)
                .retryInterval(Duration.ofMillis(250))
                .bufferBytes(7L << 20)
                .logTypes(List.of("function", "extension"))
                .platformMaxItems(2_000)
                .platformMaxBytes(300_000)
                .platformTimeout(Duration.ofMillis(500))
                .logLevel(Level.DEBUG)
                .build());
  }

  @Test
  void disabledVariablesKeepTheFlushModeAndPrintWarnings() {
    assertThat(
            defaults(
                Map.of("ED_FLUSH_AT_NEXT_INVOKE", "false", "ED_PRINT_EXTENSION_LOGS", "false")))
        .isEqualTo(SinkDefaults.builder().logLevel(Level.WARN).build());
  }

  private static SinkDefaults defaults(Map<String, String> environment) {
    return EdgeDeltaSettings.defaults(Settings.of(environment, EdgeDeltaSettings.ofCore()));
  }
}
