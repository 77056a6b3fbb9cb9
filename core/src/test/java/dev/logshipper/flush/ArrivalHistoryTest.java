package dev.logshipper.flush;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrivalHistoryTest {
  private static final long MILLI = 1_000_000;
  private static final long BOUND = 990 * MILLI;

  private final ArrivalHistory arrivals = new ArrivalHistory(1_000 * MILLI);
  private long now = Long.MAX_VALUE - 400 * MILLI;

  @Test
  void predictsNothingFromFewerThanTwoIntervals() {
    arrive(50, 2);
    assertThat(arrivals.gapProbability(BOUND)).isEqualTo(1);
    arrive(50, 1);
    assertThat(arrivals.gapProbability(BOUND)).isLessThan(0.01);
  }

  @Test
  void predictsRegularArrivalsWithMoreCertainty() {
    arrive(450, 6);
    assertThat(arrivals.gapProbability(BOUND)).isBetween(0.01, 0.06);
    arrive(450, 60);
    assertThat(arrivals.gapProbability(BOUND)).isLessThan(0.005);
  }

  @Test
  void expectsGapsInRareTraffic() {
    arrive(4_000, 20);
    assertThat(arrivals.gapProbability(BOUND)).isGreaterThan(0.9);
  }

  @Test
  void predictsRandomArrivalsOnAverage() {
    Random random = new Random(1);
    double sum = 0;
    for (int i = 0; i < 2_000; i++) {
      arrive((long) (-450 * Math.log(1 - random.nextDouble())), 1);
      sum += arrivals.gapProbability(BOUND);
    }
    assertThat(sum / 2_000).isBetween(0.09, 0.15);
  }

  @Test
  void predictsTheEndOfABurstAfterTwoOfThatLength() {
    for (int burst = 0; burst < 2; burst++) {
      arrive(6_000, 1);
      arrive(20, 14);
    }
    assertThat(arrivals.gapProbability(BOUND)).isGreaterThan(0.5);
    arrive(6_000, 1);
    arrive(20, 7);
    assertThat(arrivals.gapProbability(BOUND)).isLessThan(0.03);
    arrive(20, 7);
    assertThat(arrivals.gapProbability(BOUND)).isGreaterThan(0.6);
  }

  @Test
  void allowsForAChangeOfRegularTraffic() {
    arrive(20, 16);
    assertThat(arrivals.gapProbability(BOUND)).isLessThan(0.001);
    assertThat(arrivals.conservativeGapProbability(BOUND)).isGreaterThan(0.05);
    arrive(20, 240);
    assertThat(arrivals.conservativeGapProbability(BOUND)).isLessThan(0.005);
  }

  @Test
  void aTimeInThePastIsAlwaysAGap() {
    arrive(20, 100);
    assertThat(arrivals.conservativeGapProbability(-1)).isGreaterThan(0.04);
  }

  @Test
  void forgetsOldTraffic() {
    arrive(4_000, 100);
    arrive(20, 257);
    assertThat(arrivals.gapProbability(BOUND)).isLessThan(0.001);
  }

  private void arrive(long afterMillis, int times) {
    for (int i = 0; i < times; i++) {
      now += afterMillis * MILLI;
      arrivals.arrived(now, 0);
    }
  }
}
