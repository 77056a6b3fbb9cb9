package dev.logshipper.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void medianOfAnOddNumberInAnyOrder() {
    assertThat(Statistics.of(List.of(9.0, 1.0, 5.0))).isEqualTo(new Statistics(5, 3, 7));
  }

  @Test
  void medianOfAnEvenNumberIsInterpolated() {
    assertThat(Statistics.of(List.of(4.0, 1.0, 2.0, 3.0)))
        .isEqualTo(new Statistics(2.5, 1.75, 3.25));
  }

  @Test
  void oneValueIsMedianAndBothQuartiles() {
    assertThat(Statistics.of(List.of(7.0))).isEqualTo(new Statistics(7, 7, 7));
  }

  @Test
  void anOutlierDoesNotMoveTheMedian() {
    assertThat(Statistics.of(List.of(1.0, 2.0, 1_000.0)).median()).isEqualTo(2);
  }

  @Test
  void rejectsNoValues() {
    assertThatIllegalArgumentException().isThrownBy(() -> Statistics.of(List.of()));
  }

  @Test
  void quantilesIncludeBothEnds() {
    List<Double> sorted = List.of(1.0, 2.0, 3.0);
    assertThat(Statistics.quantile(sorted, 0)).isEqualTo(1);
    assertThat(Statistics.quantile(sorted, 1)).isEqualTo(3);
  }
}
