package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static final long FIRST = 100_000_000;
  private static final long MAX = 30_000_000_000L;
  private static final long PROBE = 3_000_000_000L;

  private final Backoff backoff = backoff(1.0);

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2"})
  void theUpperBoundDoublesWithEachFailure(int failures, long factor) {
    assertThat(fail(backoff(1.0), failures)).isEqualTo(factor * FIRST);
    assertThat(fail(backoff(0.5), failures)).isEqualTo(factor * FIRST / 2);
    assertThat(fail(backoff(0.0), failures)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"8, 12800000000", "9, 25600000000", "10, 30000000000", "100, 30000000000"})
  void theUpperBoundHasALimit(int failures, long expected) {
    assertThat(fail(backoff(1.0), failures)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 70, 70",
    "0.5, 70, 73.5",
    "1.0, 70, 100",
    "0.0, 50000, 50000",
    "0.5, 50000, 52500",
    "1.0, 59000, 60000",
    "0.5, -7, 50"
  })
  void itIsNeverShorterThanTheDestinationAsked(double random, long asked, double expected) {
    Duration wait = Duration.ofMillis(asked);
    assertThat(backoff(random).failed(wait)).isEqualTo((long) (expected * 1_000_000));
  }

  @ParameterizedTest
  @CsvSource({"0.0, 60", "0.5, 54", "1.0, 48"})
  void aLongerWaitIsCutSoThatEnvironmentsDoNotReturnTogether(double random, long seconds) {
    for (long asked : new long[] {60, 3_600, Long.MAX_VALUE}) {
      assertThat(backoff(random).failed(Duration.ofSeconds(asked)))
          .isEqualTo(Duration.ofSeconds(seconds).toNanos());
    }
  }

  @Test
  void theLongestFirstBackoffDoesNotOverflow() {
    Backoff minute = new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(1), () -> 1.0);
    assertThat(fail(minute, 64)).isEqualTo(MAX);
  }

  @Test
  void anOpenBreakerProbesAboutEveryThreeSeconds() {
    assertThat(fail(backoff(0.0), 3)).isEqualTo(PROBE / 10 * 8);
    assertThat(fail(backoff(0.5), 3)).isEqualTo(PROBE);
    assertThat(fail(backoff(1.0), 3)).isEqualTo(PROBE / 10 * 12);
  }

  @Test
  void theBreakerOpensAtTheThirdFailureInARow() {
    fail(backoff, 2);
    assertThat(backoff.isOpen()).isFalse();
    fail(backoff, 1);
    assertThat(backoff.isOpen()).isTrue();
    fail(backoff, 1);
    assertThat(backoff.isOpen()).isTrue();
  }

  @Test
  void aSuccessClosesTheBreakerAndResetsTheCount() {
    fail(backoff, 3);
    backoff.succeeded();
    assertThat(backoff.isOpen()).isFalse();
    assertThat(fail(backoff, 1)).isEqualTo(FIRST);
    assertThat(backoff.isOpen()).isFalse();
  }

  @Test
  void aWaitThatTimedOutOpensTheBreakerUntilTheNextSuccess() {
    backoff.waitTimedOut();
    assertThat(backoff.isOpen()).isTrue();
    backoff.succeeded();
    assertThat(backoff.isOpen()).isFalse();
  }

  @Test
  void aLaneThatBacksOffForLongerCannotFinish() {
    assertThat(backoff.canFinishBy(0)).isTrue();
    backoff.start(1_000, false, 0);
    assertThat(backoff.canFinishBy(1_000)).isFalse();
    assertThat(backoff.canFinishBy(1_001)).isTrue();
    backoff.end();
    assertThat(backoff.canFinishBy(0)).isTrue();
  }

  @Test
  void aLaneWhoseBreakerIsOpenCannotFinish() {
    backoff.waitTimedOut();
    assertThat(backoff.canFinishBy(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void aShutdownShortensIt() {
    assertThat(backoff.nanosLeft(7)).isZero();
    backoff.start(PROBE, false, 7);
    assertThat(backoff.nanosLeft(7)).isEqualTo(PROBE);
    assertThat(backoff.nanosLeft(8)).isEqualTo(PROBE - 1);
    backoff.start(PROBE, true, 7);
    assertThat(backoff.nanosLeft(7)).isEqualTo(250_000_000);
    backoff.start(9, true, 7);
    assertThat(backoff.nanosLeft(7)).isEqualTo(9);
    backoff.end();
    assertThat(backoff.nanosLeft(7)).isZero();
  }

  private static long fail(Backoff backoff, int times) {
    long nanos = 0;
    for (int i = 0; i < times; i++) {
      nanos = backoff.failed(Duration.ZERO);
    }
    return nanos;
  }

  private static Backoff backoff(double random) {
    return new Backoff(Duration.ofNanos(FIRST), Duration.ofMinutes(1), () -> random);
  }
}
