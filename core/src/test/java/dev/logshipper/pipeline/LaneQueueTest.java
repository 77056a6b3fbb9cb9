package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.BatchLimits;
import dev.logshipper.testkit.Records;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class LaneQueueTest {
  private final LaneQueue lane = new LaneQueue("lane");

  @Test
  void ageIsThatOfTheOldestRecord() {
    lane.add(entry(1_000));
    lane.add(entry(3_000));
    assertThat(lane.oldestAgeNanos(5_000)).isEqualTo(4_000);
  }

  @Test
  void nothingWaitingHasNoAge() {
    assertThat(lane.oldestAgeNanos(5_000)).isZero();
  }

  @Test
  void ageCountsFromARestart() {
    lane.add(entry(1_000));
    lane.restartAge(4_000);
    assertThat(lane.oldestAgeNanos(5_000)).isEqualTo(1_000);
  }

  @Test
  void aRestartMakesNothingOlder() {
    lane.restartAge(1_000);
    lane.add(entry(4_000));
    assertThat(lane.oldestAgeNanos(5_000)).isEqualTo(1_000);
  }

  @Test
  void whatWaitsIsPutOffOnceUntilTheNextBatch() {
    lane.add(entry(1_000));
    lane.restartAgeOnce(4_000);
    lane.restartAgeOnce(5_000);
    assertThat(lane.oldestAgeNanos(5_000)).isEqualTo(1_000);
    lane.takeBatch(new BatchLimits(10, 10, 10, 0), 10, new ArrayList<>());
    lane.add(entry(1_000));
    lane.restartAgeOnce(5_000);
    assertThat(lane.oldestAgeNanos(5_000)).isZero();
  }

  @Test
  void ageIsRightWhenTheClockOverflows() {
    lane.restartAge(Long.MAX_VALUE - 10);
    lane.add(entry(Long.MAX_VALUE - 20));
    assertThat(lane.oldestAgeNanos(Long.MIN_VALUE + 9)).isEqualTo(20);
  }

  private static Entry entry(long arrivedNanos) {
    return new Entry(Records.line("a"), 0, arrivedNanos, 1);
  }
}
