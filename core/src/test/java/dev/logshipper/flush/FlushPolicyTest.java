package dev.logshipper.flush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.FlushMode;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FlushPolicyTest {
  private static final long MILLI = 1_000_000;
  private static final long STALENESS = 1_000 * MILLI;

  private final InvocationHistory history = new InvocationHistory(STALENESS);
  private long sendNanos = 5 * MILLI;
  private long now;

  @ParameterizedTest
  @CsvSource({
    "AUTO, END",
    "END, END",
    "NEXT_INVOKE, START",
    "BATCH, NONE",
    "BACKGROUND, NONE",
  })
  void eachModeHasItsTimingWithoutHistory(FlushMode mode, FlushTiming expected) {
    history.invoked(0);
    assertThat(decide(mode)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void doesNotFlushWhenNoDestinationIsReachable(FlushMode mode) {
    assertThat(
            new FlushPolicy(mode, STALENESS)
                .decide(new FlushContext(true, OptionalLong.empty(), history)))
        .isEqualTo(FlushTiming.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void doesNotFlushWhenNoLogsAreDelivered(FlushMode mode) {
    assertThat(
            new FlushPolicy(mode, STALENESS)
                .decide(new FlushContext(false, OptionalLong.of(0), history)))
        .isEqualTo(FlushTiming.NONE);
  }

  @Test
  void holdsNoInvocationFromTheThirdOneOfQuickTraffic() {
    assertThat(serveAfter(50)).isEqualTo(FlushTiming.END);
    assertThat(serveAfter(50)).isEqualTo(FlushTiming.END);
    assertThat(serveAfter(50)).isEqualTo(FlushTiming.NONE);
  }

  @Test
  void holdsHeavyInvocationsInQuickTraffic() {
    serveAfter(50, 20);
    history.logged(64 * 1024);
    assertThat(serveAfter(50)).isEqualTo(FlushTiming.END);
    for (int i = 0; i < 8; i++) {
      history.logged(64 * 1024);
    }
    assertThat(serveAfter(50)).isNotEqualTo(FlushTiming.END);
  }

  @Test
  void sendsTheBacklogOfAShortBurstConcurrently() {
    serveAfter(50, 3);
    assertThat(serveAfter(50)).isEqualTo(FlushTiming.CONCURRENT);
  }

  @Test
  void sendsTheBacklogFirstWhereTheNextInvocationWouldBeTooLate() {
    serveAfter(450, 40);
    boolean sentFirst = false;
    for (int i = 0; i < 4; i++) {
      sentFirst |= serveAfter(450) == FlushTiming.BACKLOG_FIRST;
    }
    assertThat(sentFirst).isTrue();
  }

  @Test
  void defersMoreTheLongerABurst() {
    serveAfter(50, 300);
    int requests = 0;
    for (int i = 0; i < 100; i++) {
      requests += serveAfter(50) == FlushTiming.NONE ? 0 : 1;
    }
    assertThat(requests).isBetween(4, 9);
  }

  @Test
  void defersNothingBeyondTheBound() {
    serveAfter(300, 300);
    for (int i = 0; i < 20; i++) {
      serveAfter(300);
      assertThat(history.backlogNanos()).isLessThan(STALENESS);
    }
  }

  @Test
  void holdsEachInvocationOfRareTraffic() {
    for (int i = 0; i < 20; i++) {
      assertThat(serveAfter(4_000)).isEqualTo(FlushTiming.END);
    }
  }

  @Test
  void holdsInvocationsWhenTheMissBudgetIsUsedUp() {
    serveAfter(50, 40);
    for (int i = 0; i < 2; i++) {
      now += 60_000 * MILLI;
      history.defer();
      history.invoked(now);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(serveAfter(50)).isEqualTo(FlushTiming.END);
    }
  }

  @Test
  void trustsQuickTrafficAgainAfterAGap() {
    serveAfter(50, 8);
    serveAfter(60_000, 1);
    serveAfter(50, 60);
    assertThat(serveAfter(50)).isNotEqualTo(FlushTiming.END);
  }

  @Test
  void risksMoreTheSlowerASend() {
    serveAfter(350, 3);
    assertThat(decide(FlushMode.AUTO)).isEqualTo(FlushTiming.END);
    sendNanos = 300 * MILLI;
    assertThat(decide(FlushMode.AUTO)).isEqualTo(FlushTiming.NONE);
  }

  private FlushTiming decide(FlushMode mode) {
    return new FlushPolicy(mode, STALENESS)
        .decide(new FlushContext(true, OptionalLong.of(sendNanos), history));
  }

  private void serveAfter(long millis, int times) {
    for (int i = 0; i < times; i++) {
      serveAfter(millis);
    }
  }

  private FlushTiming serveAfter(long millis) {
    now += millis * MILLI;
    history.invoked(now);
    FlushTiming timing = decide(FlushMode.AUTO);
    switch (timing) {
      case END -> history.flushed(now, now);
      case BACKLOG_FIRST, CONCURRENT -> {
        history.backlogSent(timing == FlushTiming.BACKLOG_FIRST);
        history.defer();
      }
      default -> history.defer();
    }
    return timing;
  }
}
