package dev.logshipper.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.lifecycle.FlushPolicy.Moment;
import dev.logshipper.lifecycle.FlushPolicy.Situation;
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
  void withoutHistoryEachModeHasItsMoment(FlushMode mode, Moment expected) {
    history.invoked(0);
    assertThat(decide(mode)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void nobodyWaitsForADestinationThatCannotBeReached(FlushMode mode) {
    assertThat(
            new FlushPolicy(mode, STALENESS)
                .decide(new Situation(true, OptionalLong.empty(), history)))
        .isEqualTo(Moment.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void nobodyWaitsForLogsThatAreNotDelivered(FlushMode mode) {
    assertThat(
            new FlushPolicy(mode, STALENESS)
                .decide(new Situation(false, OptionalLong.of(0), history)))
        .isEqualTo(Moment.NONE);
  }

  @Test
  void fromTheThirdInvocationOfQuickTrafficOnNoneIsHeld() {
    assertThat(serveAfter(50)).isEqualTo(Moment.END);
    assertThat(serveAfter(50)).isEqualTo(Moment.END);
    assertThat(serveAfter(50)).isEqualTo(Moment.NONE);
  }

  @Test
  void whoeverLogsMuchIsHeldHoweverQuickTheTraffic() {
    serveAfter(50, 20);
    history.logged(64 * 1024);
    assertThat(serveAfter(50)).isEqualTo(Moment.END);
    for (int i = 0; i < 8; i++) {
      history.logged(64 * 1024);
    }
    assertThat(serveAfter(50)).isNotEqualTo(Moment.END);
  }

  @Test
  void whatAShortRunLeftBehindLeavesBesideTheNextInvocation() {
    serveAfter(50, 3);
    assertThat(serveAfter(50)).isEqualTo(Moment.BESIDE);
  }

  @Test
  void itIsWaitedForWhereTheNextInvocationWouldBeTooLate() {
    serveAfter(450, 40);
    boolean waited = false;
    for (int i = 0; i < 4; i++) {
      waited |= serveAfter(450) == Moment.CATCH_UP;
    }
    assertThat(waited).isTrue();
  }

  @Test
  void theLongerARunTheMoreIsGathered() {
    serveAfter(50, 300);
    int requests = 0;
    for (int i = 0; i < 100; i++) {
      requests += serveAfter(50) == Moment.NONE ? 0 : 1;
    }
    assertThat(requests).isBetween(4, 9);
  }

  @Test
  void nothingGatheredWaitsBeyondTheBound() {
    serveAfter(300, 300);
    for (int i = 0; i < 20; i++) {
      serveAfter(300);
      assertThat(history.leftNanos()).isLessThan(STALENESS);
    }
  }

  @Test
  void whereOnlyPausesAreSeenEachInvocationIsHeld() {
    for (int i = 0; i < 20; i++) {
      assertThat(serveAfter(4_000)).isEqualTo(Moment.END);
    }
  }

  @Test
  void mistakesMakeCareful() {
    serveAfter(50, 40);
    for (int i = 0; i < 2; i++) {
      now += 60_000 * MILLI;
      history.leaveBehind();
      history.invoked(now);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(serveAfter(50)).isEqualTo(Moment.END);
    }
  }

  @Test
  void afterAPauseQuickTrafficIsTrustedAgain() {
    serveAfter(50, 8);
    serveAfter(60_000, 1);
    serveAfter(50, 60);
    assertThat(serveAfter(50)).isNotEqualTo(Moment.END);
  }

  @Test
  void theSlowerASendTheMoreIsRiskedForNotWaiting() {
    serveAfter(350, 3);
    assertThat(decide(FlushMode.AUTO)).isEqualTo(Moment.END);
    sendNanos = 300 * MILLI;
    assertThat(decide(FlushMode.AUTO)).isEqualTo(Moment.NONE);
  }

  private Moment decide(FlushMode mode) {
    return new FlushPolicy(mode, STALENESS)
        .decide(new Situation(true, OptionalLong.of(sendNanos), history));
  }

  private void serveAfter(long millis, int times) {
    for (int i = 0; i < times; i++) {
      serveAfter(millis);
    }
  }

  private Moment serveAfter(long millis) {
    now += millis * MILLI;
    history.invoked(now);
    Moment moment = decide(FlushMode.AUTO);
    switch (moment) {
      case END -> history.flushed(now, now);
      case CATCH_UP, BESIDE -> {
        history.caughtUp(moment == Moment.CATCH_UP);
        history.leaveBehind();
      }
      default -> history.leaveBehind();
    }
    return moment;
  }
}
