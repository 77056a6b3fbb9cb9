package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Pipelines.in;
import static dev.logshipper.testkit.Pipelines.lane;
import static dev.logshipper.testkit.Records.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SmoothedLatencyTest {
  private final SmoothedLatency latency = new SmoothedLatency();

  @Test
  void unknownIsZero() {
    assertThat(latency.nanos()).isZero();
  }

  @Test
  void theFirstLatencyIsTaken() {
    latency.record(800);
    assertThat(latency.nanos()).isEqualTo(800);
  }

  @Test
  void itFallsQuicklyAndRisesSlowly() {
    latency.record(800);
    latency.record(0);
    assertThat(latency.nanos()).isEqualTo(400);
    latency.record(1_200);
    assertThat(latency.nanos()).isEqualTo(500);
  }

  @Test
  void aLastingChangeIsLearned() {
    latency.record(0);
    for (int i = 0; i < 40; i++) {
      latency.record(1_000);
    }
    assertThat(latency.nanos()).isBetween(900L, 1_000L);
  }

  @Test
  void timeSpentFrozenDuringASendDoesNotCount() throws InterruptedException {
    AtomicLong frozen = new AtomicLong();
    FakeSink sink = new FakeSink();
    Pipeline pipeline =
        Pipelines.of(
            new CapturedOutput(), () -> System.nanoTime() + frozen.get(), lane("fake", sink));
    pipeline.start();
    sink.responding((batch, deadline) -> {
      frozen.set(Duration.ofMinutes(5).toNanos());
      deadline.atMost(Duration.ofSeconds(5)).wasFrozen(frozen.get());
      return SendResult.DELIVERED;
    });
    pipeline.accept(lines("a"));

    assertThat(pipeline.flush(in(Duration.ofSeconds(10)))).isTrue();
    assertThat(pipeline.typicalSendNanos().orElseThrow())
        .isLessThan(Duration.ofSeconds(10).toNanos());
  }
}
