package dev.logshipper.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvocationHistoryTest {
  private final InvocationHistory history = new InvocationHistory();

  @Test
  void theMeanGapIsUnknownWhileInvocationsAreFew() {
    invokeEvery(10, 0, FlushPolicy.STEADY_INVOCATIONS - 1);
    assertThat(history.meanGapNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theMeanGapIsThatOfTheLastInvocations() {
    invokeEvery(10, 0, FlushPolicy.STEADY_INVOCATIONS);
    assertThat(history.meanGapNanos()).isEqualTo(10);
    invokeEvery(70, 1_000, FlushPolicy.STEADY_INVOCATIONS);
    assertThat(history.meanGapNanos()).isEqualTo(70);
  }

  @Test
  void aLongPauseMakesTrafficUnsteady() {
    invokeEvery(10, 0, FlushPolicy.STEADY_INVOCATIONS);
    history.invoked(1_000_000);
    assertThat(history.meanGapNanos()).isGreaterThan(50_000);
  }

  @Test
  void theClockMayOverflow() {
    invokeEvery(10, Long.MAX_VALUE - 50, FlushPolicy.STEADY_INVOCATIONS);
    assertThat(history.meanGapNanos()).isEqualTo(10);
  }

  private void invokeEvery(long nanos, long from, int times) {
    for (int i = 0; i < times; i++) {
      history.invoked(from + i * nanos);
    }
  }
}
