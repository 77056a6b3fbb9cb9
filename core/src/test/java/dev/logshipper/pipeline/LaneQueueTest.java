package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.BatchLimits;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.Records;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneQueueTest {
  private final LaneQueue lane = new LaneQueue(Pipelines.off("lane"));

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

  @ParameterizedTest
  @CsvSource({
    "1,    0, , 2",
    "9,  100, , 2",
    "10,   0, BYTES, 1",
    "9, 1000, AGE, 1",
    "1,    0, INVOKES, 3"
  })
  void aLaneWithThresholdsShipsAtTheInvocationThatReachesOne(
      int bytes, long ageNanos, @Nullable Cut expected, int invocations) {
    LaneQueue byThresholds = withThresholds();
    byThresholds.add(new Entry(Records.ofBytes(bytes), 0, 0, 1));
    for (int i = 0; i < invocations; i++) {
      byThresholds.invocationStarted(0, ageNanos);
    }
    assertThat(byThresholds.flushDemand()).isEqualTo(expected);
    assertThat(byThresholds.hasMetDemand()).isEqualTo(expected == null);
  }

  @Test
  void invocationsCountFromTheLastBatchAndOnlyWhileSomethingWaits() {
    LaneQueue byThresholds = withThresholds();
    invoke(byThresholds, 9);
    byThresholds.add(new Entry(Records.line("a"), 0, 0, 1));
    invoke(byThresholds, 2);
    byThresholds.takeBatch(new BatchLimits(10, 10, 10, 0), 10, new ArrayList<>());
    byThresholds.add(new Entry(Records.line("b"), 1, 0, 1));
    invoke(byThresholds, 2);
    assertThat(byThresholds.flushDemand()).isNull();
    invoke(byThresholds, 1);
    assertThat(byThresholds.flushDemand()).isEqualTo(Cut.INVOKES);
  }

  @Test
  void aLaneWithoutThresholdsLeavesInvocationsAlone() {
    lane.add(entry(0));
    invoke(lane, 1_000);
    assertThat(lane.flushDemand()).isNull();
  }

  private static LaneQueue withThresholds() {
    Batching batching = new Batching(10, 100, Duration.ofNanos(1_000), 3);
    return new LaneQueue(Pipelines.lane("lane", FakeSink::new, batching));
  }

  private static void invoke(LaneQueue lane, int times) {
    for (int i = 0; i < times; i++) {
      lane.invocationStarted(1, 0);
    }
  }

  private static Entry entry(long arrivedNanos) {
    return new Entry(Records.line("a"), 0, arrivedNanos, 1);
  }
}
