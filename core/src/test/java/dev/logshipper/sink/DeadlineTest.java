package dev.logshipper.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// About to overflow: differences must hold where values do not.
  private final ManualClock clock = new ManualClock();

  @Test
  void timeRunsOutAndDoesNotBecomeNegative() {
    Deadline deadline = Deadline.after(SECOND, clock);
    assertThat(deadline.remaining()).isEqualTo(SECOND);
    clock.advance(Duration.ofMillis(999));
    assertThat(deadline.remainingNanos()).isEqualTo(1_000_000);
    assertThat(deadline.hasPassed()).isFalse();
    assertThat(deadline).hasToString("1 ms left");
    clock.advance(Duration.ofMillis(1));
    assertThat(deadline.hasPassed()).isTrue();
    clock.advance(Duration.ofDays(1));
    assertThat(deadline.remaining()).isZero();
  }

  @Test
  void aNegativeTimeHasPassed() {
    assertThat(Deadline.after(Duration.ofDays(-20_000), clock).hasPassed()).isTrue();
  }

  @Test
  void atMostIsWhicheverComesFirst() {
    Deadline deadline = Deadline.after(SECOND, clock);
    assertThat(deadline.atMost(Duration.ofMillis(10)).remaining()).isEqualTo(Duration.ofMillis(10));
    assertThat(deadline.atMost(Duration.ofDays(1)).remaining()).isEqualTo(SECOND);
    assertThat(deadline.atMost(Duration.ZERO).hasPassed()).isTrue();
  }

  @Test
  void aFreezePostponesAnAttemptAndAllDerivedFromIt() {
    Deadline attempt = Deadline.ofRunning(SECOND, clock);
    Deadline call = attempt.atMost(Duration.ofMillis(400));
    clock.advance(Duration.ofHours(1));
    call.wasFrozen(Duration.ofHours(1).toNanos());
    clock.advance(Duration.ofMillis(100));
    assertThat(call.remaining()).isEqualTo(Duration.ofMillis(300));
    assertThat(attempt.remaining()).isEqualTo(Duration.ofMillis(900));
    assertThat(attempt.minus(Duration.ofMillis(500)).remaining()).isEqualTo(Duration.ofMillis(400));
    assertThat(attempt.frozenNanos()).isEqualTo(Duration.ofHours(1).toNanos());
  }

  @Test
  void aFreezeDoesNotPostponeAShutdown() {
    Deadline shutdown = Deadline.after(SECOND, clock);
    shutdown.atMost(SECOND).wasFrozen(SECOND.toNanos());
    assertThat(shutdown.remaining()).isEqualTo(SECOND);
    assertThat(shutdown.frozenNanos()).isZero();
  }

  @Test
  void aPassedDeadlineStaysPassed() {
    Deadline deadline = Deadline.after(SECOND, clock);
    clock.advance(SECOND.plusMillis(1));
    Duration longest = Duration.ofNanos(Long.MAX_VALUE);
    assertThat(deadline.atMost(longest).hasPassed()).isTrue();
  }

  @Test
  void minusIsEarlier() {
    Deadline deadline = Deadline.after(SECOND, clock).minus(Duration.ofMillis(300));
    assertThat(deadline.remaining()).isEqualTo(Duration.ofMillis(700));
    assertThat(deadline.minus(SECOND).hasPassed()).isTrue();
  }
}
