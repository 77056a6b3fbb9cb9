package dev.logshipper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.SinkProvider;
import dev.logshipper.sink.Spi;
import dev.logshipper.testkit.FakeSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The settings in effect as printed with `PUSHER_LOG_LEVEL=debug`.
class SettingsReportTest {
  private static final Setting<Long> BUFFER =
      Setting.optional("OLD_BUFFER", Parsers.mebibytes(1, 1_024), "A.")
          .standsFor("PUSHER_BUFFER_MB");
  private static final Setting<String> KEY =
      Setting.required("OLD_KEY", Parsers.text(), "A.").secret();
  private static final Setting<Integer> SIZE =
      Setting.withDefault("OLD_SIZE", Parsers.wholeNumber(1, 9), 5, "A.").alias("PUSHER_OLD_SIZE");

  @Test
  void eachValueHasItsSource() {
    List<String> lines =
        report(
            Map.of("OLD_BUFFER", "64", "PUSHER_OLD_SIZE", "7", "PUSHER_TLS", "java"),
            SinkDefaults.builder().bufferBytes(64L << 20).platformMaxItems(2_000).build());
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .startsWith("settings: PUSHER_MODE=old (set), PUSHER_FLUSH=auto (default), ")
        .contains(
            ", PUSHER_BUFFER_MB=64 (OLD_BUFFER), ",
            ", PUSHER_PLATFORM_MAX_ITEMS=2000 (default of a sink), ",
            ", PUSHER_TLS=java (set), ",
            ", PUSHER_SAMPLE_PERCENT=100 (default)")
        .doesNotContain("PUSHER_WARM_UP_MS", "PUSHER_REDACT_KEY");
    assertThat(lines.getLast())
        .isEqualTo(
            "old: settings: OLD_BUFFER=64 (set), OLD_KEY=*** (set), OLD_SIZE=7 (PUSHER_OLD_SIZE);"
                + " sends with each flush, at 786432 bytes, or after 1000 ms");
  }

  @Test
  void noSecretIsShown() {
    List<String> lines =
        report(
            Map.of("PUSHER_REDACT_KEY", "0123456789abcdef", "PUSHER_REDACT", "email"),
            SinkDefaults.NONE);
    assertThat(lines.toString())
        .contains("PUSHER_REDACT_KEY=*** (set)")
        .doesNotContain("0123456789abcdef", "hunter2");
  }

  @Test
  void variablesOfALaneAreWithItsSink() {
    Map<String, String> variables =
        Map.of("PUSHER_OLD_FLUSH", "batch", "PUSHER_OLD_BATCH_BYTES", "77");
    assertThat(report(variables, SinkDefaults.NONE).getLast())
        .endsWith(
            "PUSHER_OLD_FLUSH=batch (set), PUSHER_OLD_BATCH_BYTES=77 (set); sends every 10"
                + " invocations, at 77 bytes, or after 1000 ms");
  }

  private static List<String> report(Map<String, String> more, SinkDefaults defaults) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001");
    environment.put("PUSHER_MODE", "old");
    environment.put("OLD_KEY", "hunter2");
    AvailableSinks sinks = new AvailableSinks(List.of(new OldProvider(defaults)), List.of());
    return new Configuration(environment, sinks).report();
  }

  private record OldProvider(SinkDefaults values) implements SinkProvider {
    @Override
    public String mode() {
      return "old";
    }

    @Override
    public int spiVersion() {
      return Spi.VERSION;
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of(BUFFER, KEY, SIZE);
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
}
