package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

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
}
