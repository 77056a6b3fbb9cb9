package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static final long FIRST = 100;
  private static final long MAX = 5_000;

  @ParameterizedTest
  @CsvSource({
    "1, 100",
    "2, 200",
    "3, 400",
    "6, 3200",
    "7, 5000",
    "8, 5000",
    "100, 5000",
    "2000000000, 5000"
  })
  void theUpperEndDoublesWithEachFailureUpToALimit(int failures, long upperEnd) {
    assertThat(policy(1.0).waitNanos(failures, 0)).isEqualTo(upperEnd);
    assertThat(policy(0.5).waitNanos(failures, 0)).isEqualTo(upperEnd / 2);
    assertThat(policy(0.0).waitNanos(failures, 0)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0.0, 70, 70", "0.5, 70, 70", "1.0, 70, 100", "0.0, 90000, 90000", "0.5, -7, 50"})
  void itIsNeverSoonerThanTheDestinationAsked(double random, long asked, long expected) {
    assertThat(policy(random).waitNanos(1, asked)).isEqualTo(expected);
  }

  @Test
  void theLongestFirstWaitDoesNotOverflow() {
    long minute = 60_000_000_000L;
    assertThat(new RetryPolicy(minute, minute / 2, () -> 1.0).waitNanos(64, 0))
        .isEqualTo(minute / 2);
  }

  @Test
  void aWaitAroundATimeIsWithinAFifthOfIt() {
    assertThat(policy(0.0).around(1_000)).isEqualTo(800);
    assertThat(policy(0.5).around(1_000)).isEqualTo(1_000);
    assertThat(policy(1.0).around(1_000)).isEqualTo(1_200);
  }

  private static RetryPolicy policy(double random) {
    return new RetryPolicy(FIRST, MAX, () -> random);
  }
}
