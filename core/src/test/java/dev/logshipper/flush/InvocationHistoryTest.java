package dev.logshipper.flush;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvocationHistoryTest {
  private static final long MILLI = 1_000_000;
  private static final long STALENESS = 1_000 * MILLI;

  private final InvocationHistory history = new InvocationHistory(STALENESS);
  private long now = 5;

  @Test
  void theBacklogAgesFromTheStartOfItsFirstInvocation() {
    invokeAfter(0);
    history.defer();
    invokeAfter(300);
    history.defer();
    invokeAfter(200);
    assertThat(history.backlog()).isEqualTo(2);
    assertThat(history.backlogNanos()).isEqualTo(500 * MILLI);
  }

  @Test
  void aFlushClearsTheBacklog() {
    invokeAfter(0);
    history.defer();
    history.flushed(now, now + 1);
    invokeAfter(300);
    assertThat(history.backlog()).isZero();
    assertThat(history.backlogNanos()).isZero();
  }

  @Test
  void sendingTheBacklogLeavesAtMostUndeliveredLines() {
    invokeAfter(0);
    history.defer();
    invokeAfter(300);
    history.defer();
    invokeAfter(200);
    history.backlogSent(false);
    assertThat(history.backlog()).isEqualTo(1);
    assertThat(history.backlogNanos()).isEqualTo(200 * MILLI);
    history.backlogSent(true);
    assertThat(history.backlog()).isZero();
  }

  @Test
  void aBacklogThatBecameTooOldIsOneMiss() {
    double before = history.missBudget();
    invokeAfter(0);
    history.defer();
    invokeAfter(1_001);
    assertThat(history.missBudget()).isLessThan(before - 0.9);
    double reduced = history.missBudget();
    history.clearBacklog();
    invokeAfter(60_000);
    assertThat(history.missBudget()).isGreaterThan(reduced);
  }

  @Test
  void aGapWithoutABacklogIsNoMiss() {
    double before = history.missBudget();
    invokeAfter(0);
    history.clearBacklog();
    invokeAfter(60_000);
    assertThat(history.missBudget()).isEqualTo(before);
  }

  @Test
  void invocationsInTimeRestoreTheMissBudget() {
    double before = history.missBudget();
    invokeAfter(0);
    history.defer();
    invokeAfter(1_001);
    history.clearBacklog();
    for (int i = 0; i < 200; i++) {
      invokeAfter(50);
    }
    assertThat(history.missBudget()).isEqualTo(before);
  }

  @Test
  void timeQueuedBehindAFlushIsNoGap() {
    for (int i = 0; i < 20; i++) {
      invokeAfter(50);
      history.flushed(now, now + 3_000 * MILLI);
      now += 3_000 * MILLI;
      now -= 49 * MILLI;
    }
    assertThat(history.arrivals().gapProbability(900 * MILLI)).isLessThan(0.05);
  }

  @Test
  void theEndOfAnInvocationIsDueAfterThePlatformsBufferTimeout() {
    invokeAfter(0);
    invokeAfter(10);
    assertThat(history.isRuntimeDoneDue()).isFalse();
    invokeAfter(20);
    assertThat(history.isRuntimeDoneDue()).isTrue();
  }

  private void invokeAfter(long millis) {
    now += millis * MILLI;
    history.invoked(now);
  }
}
