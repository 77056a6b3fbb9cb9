package dev.logshipper.settings;

import static dev.logshipper.settings.SinksWithDefaults.lane;
import static dev.logshipper.settings.SinksWithDefaults.lanes;
import static dev.logshipper.settings.SinksWithDefaults.withDefaults;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.sink.FlushMode;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.SinkDefaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The defaults that sinks bring, beneath the user's variables.
class SinkDefaultsTest {
  private static final SinkDefaults THRESHOLDS =
      SinkDefaults.builder()
          .thresholds(new SinkDefaults.Thresholds(4_096, 7, Duration.ofSeconds(10)))
          .build();

  @Test
  void laneWithoutThresholdsSendsWithEachFlush() {
    assertThat(lane(withDefaults(Map.of())).batching())
        .isEqualTo(Batching.withEachFlush(786_432, Duration.ofSeconds(1)));
    assertThat(
            lane(withDefaults(Map.of(), SinkDefaults.builder().batchBytes(1000).build()))
                .batching())
        .isEqualTo(Batching.withEachFlush(1000, Duration.ofSeconds(1)));
  }

  @Test
  void sinkMaySendByThresholds() {
    assertThat(lane(withDefaults(Map.of(), THRESHOLDS)).batching())
        .isEqualTo(new Batching(4_096, 786_432, Duration.ofSeconds(10), 7));
    assertThat(lane(withDefaults(Map.of("PUSHER_FLUSH", "end"), THRESHOLDS)).batching())
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
    assertThat(lane(withDefaults(ours, THRESHOLDS)).batching())
        .isEqualTo(new Batching(9, 9, Duration.ofMillis(77), 8));
  }

  @Test
  void withFlushInBatchesEveryLaneSendsByThresholds() {
    assertThat(lane(withDefaults(Map.of("PUSHER_FLUSH", "batch"))).batching())
        .isEqualTo(new Batching(786_432, 786_432, Duration.ofSeconds(1), 10));
  }

  @Test
  void subscriptionCoversTheTypesOfEachSinkAndEachSinkReceivesItsOwn() {
    SinkDefaults function = SinkDefaults.builder().logTypes(List.of("function")).build();
    SinkDefaults extension = SinkDefaults.builder().logTypes(List.of("extension")).build();
    Configuration configuration = withDefaults(Map.of(), function, extension);

    assertThat(configuration.subscription().types())
        .containsExactly("function", "extension", "platform");
    assertThat(configuration.logTypes()).containsExactly("function", "extension");
    assertThat(lanes(configuration).getFirst().unwanted()).containsExactly("extension");
    assertThat(lanes(configuration).getLast().unwanted()).containsExactly("function");
  }

  @Test
  void usersLogTypesTakePrecedenceOverThoseOfASink() {
    SinkDefaults platform = SinkDefaults.builder().logTypes(List.of("platform")).build();

    assertThat(withDefaults(Map.of("PUSHER_LOG_TYPES", "function"), platform).logTypes())
        .containsExactly("function");
    assertThat(withDefaults(Map.of(), platform).logTypes()).containsExactly("platform");
  }

  @Test
  void whereSinksDifferTheValueThatIsSafeForAllApplies() {
    SinkDefaults one =
        SinkDefaults.builder()
            .platformTimeout(Duration.ofMillis(900))
            .platformMaxItems(5_000)
            .platformMaxBytes(300_000)
            .bufferBytes(3L << 20)
            .logLevel(Level.WARN)
            .retryInterval(Duration.ofMillis(7))
            .build();
    SinkDefaults other =
        SinkDefaults.builder()
            .platformTimeout(Duration.ofMillis(200))
            .platformMaxItems(2_000)
            .platformMaxBytes(400_000)
            .bufferBytes(9L << 20)
            .logLevel(Level.DEBUG)
            .flushMode(FlushMode.NEXT_INVOKE)
            .build();
    Configuration both = withDefaults(Map.of(), one, other);

    assertThat(both.subscription().timeoutMillis()).isEqualTo(200);
    assertThat(both.subscription().maxItems()).isEqualTo(2_000);
    assertThat(both.subscription().maxBytes()).isEqualTo(300_000);
    assertThat(both.bufferBytesMax()).isEqualTo(9L << 20);
    assertThat(both.logLevel()).isEqualTo(Level.DEBUG);
    assertThat(both.flush().mode()).isEqualTo(FlushMode.NEXT_INVOKE);
    assertThat(lanes(both).getFirst().retries().interval()).isEqualTo(Duration.ofMillis(7));
    assertThat(lanes(both).getLast().retries().interval()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void usersVariablesTakePrecedenceOverDefaultsOfASink() {
    SinkDefaults defaults =
        SinkDefaults.builder()
            .platformTimeout(Duration.ofMillis(900))
            .logLevel(Level.DEBUG)
            .flushMode(FlushMode.NEXT_INVOKE)
            .bufferBytes(3L << 20)
            .build();
    Configuration configuration =
        withDefaults(
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
}
