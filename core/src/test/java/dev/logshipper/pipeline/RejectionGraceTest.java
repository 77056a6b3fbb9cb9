package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RejectionGraceTest {
  private final RejectionGrace grace = new RejectionGrace(60);

  @Test
  void recordsAreKeptUntilTheTimeIsOver() {
    assertThat(grace.keeps(true, 100)).isTrue();
    assertThat(grace.keeps(true, 130)).isTrue();
    assertThat(grace.keeps(true, 159)).isTrue();
    assertThat(grace.keeps(true, 160)).isFalse();
    assertThat(grace.keeps(true, 161)).isFalse();
  }

  @Test
  void anEnvironmentThatWasFrozenMakesThreeAttempts() {
    assertThat(grace.keeps(true, 0)).isTrue();
    assertThat(grace.keeps(false, 0)).isTrue();
    assertThat(grace.keeps(true, 1_000)).isTrue();
    assertThat(grace.keeps(true, 1_001)).isFalse();
  }

  @Test
  void anAcceptanceStartsAnother() {
    for (long now = 0; now < 100; now++) {
      boolean _ = grace.keeps(true, now);
    }
    grace.accepted();
    assertThat(grace.keeps(true, 100)).isTrue();
    assertThat(grace.keeps(true, 101)).isTrue();
    assertThat(grace.keeps(true, 160)).isFalse();
  }

  @Test
  void noneDropsAtOnce() {
    assertThat(new RejectionGrace(0).keeps(true, 0)).isFalse();
  }
}
