package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsualTimeTest {
  private final UsualTime time = new UsualTime();

  @Test
  void unknownIsZero() {
    assertThat(time.nanos()).isZero();
  }

  @Test
  void theFirstTimeIsBelieved() {
    time.took(800);
    assertThat(time.nanos()).isEqualTo(800);
  }

  @Test
  void lessIsFollowedQuicklyAndMoreSlowly() {
    time.took(800);
    time.took(0);
    assertThat(time.nanos()).isEqualTo(400);
    time.took(1_200);
    assertThat(time.nanos()).isEqualTo(500);
  }

  @Test
  void whatLastsIsLearnt() {
    time.took(0);
    for (int i = 0; i < 40; i++) {
      time.took(1_000);
    }
    assertThat(time.nanos()).isBetween(900L, 1_000L);
  }
}
