package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineSummaryTest {

  @Test
  void deliveryToAnExtensionThatHasEndedIsNoFailure() {
    Map<String, Object> name = Map.of("name", "a", "events", 1);
    List<Timeline.Entry> entries =
        List.of(
            new Timeline.Entry(1, "extension.started", name),
            new Timeline.Entry(2, "delivery.failed", name),
            new Timeline.Entry(3, "extension.exited", name),
            new Timeline.Entry(4, "delivery.failed", name),
            new Timeline.Entry(5, "extension.started", name),
            new Timeline.Entry(6, "delivery.failed", name));

    assertThat(TimelineSummary.of(List.of(), entries, Map.of()).failedDeliveries()).isEqualTo(2);
  }

  @Test
  void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(TimelineSummary.median(List.of())).isZero();
    assertThat(TimelineSummary.median(List.of(7.0))).isEqualTo(7);
    assertThat(TimelineSummary.median(List.of(1.0, 3.0))).isEqualTo(2);
    assertThat(TimelineSummary.median(List.of(1.0, 3.0, 90.0))).isEqualTo(3);
  }
}
