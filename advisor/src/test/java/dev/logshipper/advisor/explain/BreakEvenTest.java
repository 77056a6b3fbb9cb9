package dev.logshipper.advisor.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// A gigabyte for a thousand invocations an hour, at 0.50 USD in CloudWatch.
class BreakEvenTest {
  private static BreakEven breakEven(DoubleUnaryOperator price) {
    return BreakEven.of(
        Double.MAX_VALUE,
        rate -> new Cost(Map.of("part", price.applyAsDouble(rate)), rate / 1_000, rate / 2_000));
  }

  @Test
  void fixedPriceIsEarnedFromSomeTrafficOn() {
    BreakEven breakEven = breakEven(_ -> 5);

    assertThat(breakEven.cheaper()).hasSize(1);
    BreakEven.Range range = breakEven.cheaper().getFirst();
    assertThat(range.fromInvocations()).isCloseTo(10_000, withinPercentage(2));
    assertThat(range.fromGigabytes()).isCloseTo(10, withinPercentage(2));
    assertThat(range.toInvocations()).isZero();
    assertThat(breakEven.text()).isEqualTo("cheaper than CloudWatch Logs");
    assertThat(breakEven.detail()).isEqualTo("from 10,000 invocations an hour (10 GB a month)");
  }

  @Test
  void discountOfCloudWatchEndsIt() {
    BreakEven breakEven =
        BreakEven.of(
            Double.MAX_VALUE,
            rate ->
                new Cost(Map.of("part", rate / 4_000), rate / 1_000, Math.min(100, rate / 2_000)));

    assertThat(breakEven.detail()).isEqualTo("up to 400,000 invocations an hour (400 GB a month)");
    assertThat(breakEven.cheaper().getFirst().fromInvocations()).isZero();
  }

  @Test
  void cheaperInBetweenIsARange() {
    assertThat(breakEven(rate -> 5 + rate * rate / 1e10).detail())
        .startsWith("from 10,000 ")
        .contains(" up to 5,000,000 ");
  }

  @Test
  void alwaysAndNeverHaveAReason() {
    BreakEven always = breakEven(rate -> rate / 1e5);
    assertThat(always.text()).isEqualTo("always cheaper than CloudWatch Logs");
    assertThat(always.detail()).isEqualTo("at worst 0.01 USD per GB, not 0.50 (mostly part)");
    BreakEven never = breakEven(rate -> rate / 500);
    assertThat(never.text()).isEqualTo("never cheaper than CloudWatch Logs");
    assertThat(never.detail()).isEqualTo("at best 2.00 USD per GB, not 0.50 (mostly part)");
    assertThat(breakEven(_ -> 0).detail()).isEqualTo("at worst 0.00 USD per GB, not 0.50");
  }

  @Test
  void nothingIsNotCompared() {
    assertThat(BreakEven.of(10, _ -> new Cost(Map.of(), 0, 0)).detail())
        .isEqualTo("no lines to compare");
  }
}
