package dev.logshipper.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final long MILLI = 1_000_000;
  private static final long BOUND = 990 * MILLI;

  private final Arrivals arrivals = new Arrivals(1_000 * MILLI);
  private long now = Long.MAX_VALUE - 400 * MILLI;

  @Test
  void nothingIsForetoldFromFewerThanTwoIntervals() {
    arrive(50, 2);
    assertThat(arrivals.chanceOfPause(BOUND)).isEqualTo(1);
    arrive(50, 1);
    assertThat(arrivals.chanceOfPause(BOUND)).isLessThan(0.01);
  }

  @Test
  void theMoreRegularTheSurer() {
    arrive(450, 6);
    assertThat(arrivals.chanceOfPause(BOUND)).isBetween(0.01, 0.06);
    arrive(450, 60);
    assertThat(arrivals.chanceOfPause(BOUND)).isLessThan(0.005);
  }

  @Test
  void pausesAreExpectedWhereOnlyPausesWereSeen() {
    arrive(4_000, 20);
    assertThat(arrivals.chanceOfPause(BOUND)).isGreaterThan(0.9);
  }

  @Test
  void onAverageTheChanceIsThatOfRandomArrivals() {
    Random random = new Random(1);
    double sum = 0;
    for (int i = 0; i < 2_000; i++) {
      arrive((long) (-450 * Math.log(1 - random.nextDouble())), 1);
      sum += arrivals.chanceOfPause(BOUND);
    }
    assertThat(sum / 2_000).isBetween(0.09, 0.15);
  }

  @Test
  void afterTwoBurstsOfOneLengthTheirEndIsForetold() {
    for (int burst = 0; burst < 2; burst++) {
      arrive(6_000, 1);
      arrive(20, 14);
    }
    assertThat(arrivals.chanceOfPause(BOUND)).isGreaterThan(0.5);
    arrive(6_000, 1);
    arrive(20, 7);
    assertThat(arrivals.chanceOfPause(BOUND)).isLessThan(0.03);
    arrive(20, 7);
    assertThat(arrivals.chanceOfPause(BOUND)).isGreaterThan(0.6);
  }

  @Test
  void aChangeMayComeHoweverRegularTheArrivalsWere() {
    arrive(20, 16);
    assertThat(arrivals.chanceOfPause(BOUND)).isLessThan(0.001);
    assertThat(arrivals.chanceOfPauseOrChange(BOUND)).isGreaterThan(0.05);
    arrive(20, 240);
    assertThat(arrivals.chanceOfPauseOrChange(BOUND)).isLessThan(0.005);
  }

  @Test
  void aTimeThatIsOverHasNoHope() {
    arrive(20, 100);
    assertThat(arrivals.chanceOfPauseOrChange(-1)).isGreaterThan(0.04);
  }

  @Test
  void lastHoursTrafficIsForgotten() {
    arrive(4_000, 100);
    arrive(20, 257);
    assertThat(arrivals.chanceOfPause(BOUND)).isLessThan(0.001);
  }

  private void arrive(long afterMillis, int times) {
    for (int i = 0; i < times; i++) {
      now += afterMillis * MILLI;
      arrivals.arrived(now, 0);
    }
  }
}
