package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineSummaryTest {

  @Test
  void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(TimelineSummary.median(List.of())).isZero();
    assertThat(TimelineSummary.median(List.of(7.0))).isEqualTo(7);
    assertThat(TimelineSummary.median(List.of(1.0, 3.0))).isEqualTo(2);
    assertThat(TimelineSummary.median(List.of(1.0, 3.0, 90.0))).isEqualTo(3);
  }
}
