package dev.logshipper.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvocationHistoryTest {
  private static final long MILLI = 1_000_000;
  private static final long STALENESS = 1_000 * MILLI;

  private final InvocationHistory history = new InvocationHistory(STALENESS);
  private long now = 5;

  @Test
  void whatIsLeftBehindAgesFromTheBeginningOfItsInvocation() {
    invokeAfter(0);
    history.leaveBehind();
    invokeAfter(300);
    history.leaveBehind();
    invokeAfter(200);
    assertThat(history.left()).isEqualTo(2);
    assertThat(history.leftNanos()).isEqualTo(500 * MILLI);
  }

  @Test
  void afterAFlushNothingIsLeft() {
    invokeAfter(0);
    history.leaveBehind();
    history.flushed(now, now + 1);
    invokeAfter(300);
    assertThat(history.left()).isZero();
    assertThat(history.leftNanos()).isZero();
  }

  @Test
  void catchingUpLeavesAtMostTheLinesThatWereNotYetHere() {
    invokeAfter(0);
    history.leaveBehind();
    invokeAfter(300);
    history.leaveBehind();
    invokeAfter(200);
    history.caughtUp(false);
    assertThat(history.left()).isEqualTo(1);
    assertThat(history.leftNanos()).isEqualTo(200 * MILLI);
    history.caughtUp(true);
    assertThat(history.left()).isZero();
  }

  @Test
  void linesLeftBehindForTooLongAreChargedOnce() {
    double before = history.allowance();
    invokeAfter(0);
    history.leaveBehind();
    invokeAfter(1_001);
    assertThat(history.allowance()).isLessThan(before - 0.9);
    double charged = history.allowance();
    history.settle();
    invokeAfter(60_000);
    assertThat(history.allowance()).isGreaterThan(charged);
  }

  @Test
  void whatWasNotLeftBehindIsNotCharged() {
    double before = history.allowance();
    invokeAfter(0);
    history.settle();
    invokeAfter(60_000);
    assertThat(history.allowance()).isEqualTo(before);
  }

  @Test
  void invocationsInTimeRestoreTheAllowance() {
    double before = history.allowance();
    invokeAfter(0);
    history.leaveBehind();
    invokeAfter(1_001);
    history.settle();
    for (int i = 0; i < 200; i++) {
      invokeAfter(50);
    }
    assertThat(history.allowance()).isEqualTo(before);
  }

  @Test
  void theTimeForWhichAnInvocationHadToWaitForAFlushIsNoPause() {
    for (int i = 0; i < 20; i++) {
      invokeAfter(50);
      history.flushed(now, now + 3_000 * MILLI);
      now += 3_000 * MILLI;
      now -= 49 * MILLI;
    }
    assertThat(history.arrivals().chanceOfPause(900 * MILLI)).isLessThan(0.05);
  }

  @Test
  void newsOfAnInvocationIsDueWhenThePlatformsBufferIsNearlyOver() {
    invokeAfter(0);
    invokeAfter(10);
    assertThat(history.isNewsDue()).isFalse();
    invokeAfter(20);
    assertThat(history.isNewsDue()).isTrue();
  }

  private void invokeAfter(long millis) {
    now += millis * MILLI;
    history.invoked(now);
  }
}
