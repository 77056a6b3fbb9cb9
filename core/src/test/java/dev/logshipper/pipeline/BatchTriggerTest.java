package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.testkit.Records;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTriggerTest {
  private static final Duration STALENESS = Duration.ofNanos(1_000);
  private static final BatchLimits LIMITS = BatchLimits.ofBytes(1_000).withRecords(10);

  private final LaneQueue queue = new LaneQueue();
  private final BatchTrigger trigger =
      new BatchTrigger(new Batching(100, 1_000, STALENESS, Batching.WITH_EACH_FLUSH), queue);
  private final BatchTrigger thresholds =
      new BatchTrigger(new Batching(10, 100, STALENESS, 3), queue);

  @ParameterizedTest
  @CsvSource({
    "0,   0, 9999, true,  true,  false",
    "1,  99,  999, false, false, false",
    "1, 100,    0, false, false, true",
    "9,   1,    0, false, false, false",
    "10,  1,    0, false, false, true",
    "11,  1,    0, false, false, true",
    "1,   1,    0, true,  false, true",
    "1,   1,    0, false, true,  true",
    "1,   1, 1000, false, false, true",
    "1,   0, 1001, false, false, true"
  })
  void aBatchIsDueForEachOfTheReasons(
      int records, int bytes, long ageNanos, boolean requested, boolean urgent, boolean expected) {
    for (int i = 0; i < records; i++) {
      queue.add(new Entry(Records.ofBytes(bytes), i, 0, 1));
    }
    if (requested) {
      trigger.request(0);
    }
    assertThat(trigger.isDue(LIMITS, urgent, ageNanos)).isEqualTo(expected);
  }

  @Test
  void theSinksLimitTriggersABatchBelowTheTargetSize() {
    queue.add(new Entry(Records.ofBytes(50), 0, 0, 1));
    assertThat(trigger.isDue(BatchLimits.ofBytes(51), false, 0)).isFalse();
    assertThat(trigger.isDue(BatchLimits.ofBytes(50), false, 0)).isTrue();
  }

  @Test
  void aRequestCoversRecordsUpToItsSequenceOnly() {
    trigger.request(4);
    queue.add(new Entry(Records.line("a"), 5, 0, 1));
    assertThat(isDue(trigger)).isFalse();
    assertThat(trigger.isRequestComplete()).isTrue();
    trigger.request(5);
    assertThat(isDue(trigger)).isTrue();
    assertThat(trigger.isRequestComplete()).isFalse();
  }

  @Test
  void ageIsThatOfTheOldestRecord() {
    add(1_000);
    add(3_000);
    assertThat(trigger.nanosUntilStale(1_300)).isEqualTo(700);
    assertThat(trigger.nanosUntilStale(2_200)).isEqualTo(-200);
  }

  @Test
  void anEmptyQueueNeverBecomesStale() {
    assertThat(trigger.nanosUntilStale(5_000)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void ageCountsFromTheExpectationOfAFlush() {
    add(1_000);
    trigger.restartAges(4_000);
    assertThat(trigger.nanosUntilStale(4_800)).isEqualTo(200);
  }

  @Test
  void theExpectationOfAFlushMakesNothingOlder() {
    trigger.restartAges(1_000);
    add(4_000);
    assertThat(trigger.nanosUntilStale(4_800)).isEqualTo(200);
  }

  @Test
  void aThawPostponesABatchOnceOnly() {
    long grace = 100_000_000;
    add(1_000);
    trigger.thawed(4_000);
    trigger.thawed(5_000);
    assertThat(trigger.nanosUntilStale(5_000)).isEqualTo(grace - 1_000);
    assertThat(trigger.startBatch()).isEqualTo(1_000);
    trigger.thawed(5_000);
    assertThat(trigger.nanosUntilStale(5_000)).isEqualTo(grace);
  }

  @Test
  void ageIsRightWhenTheClockOverflows() {
    trigger.restartAges(Long.MAX_VALUE - 10);
    add(Long.MAX_VALUE - 20);
    assertThat(trigger.nanosUntilStale(Long.MIN_VALUE + 9)).isEqualTo(980);
  }

  @ParameterizedTest
  @CsvSource({
    "1,    0, false, 2",
    "9,  100, false, 2",
    "10,   0, true, 1",
    "9, 1000, true, 1",
    "1,    0, true, 3"
  })
  void aLaneWithThresholdsSendsAtTheInvocationThatReachesOne(
      int bytes, long ageNanos, boolean expected, int invocations) {
    queue.add(new Entry(Records.ofBytes(bytes), 0, 0, 1));
    for (int i = 0; i < invocations; i++) {
      thresholds.invocationStarted(0, ageNanos);
    }
    assertThat(thresholds.isRequestComplete()).isEqualTo(!expected);
  }

  @Test
  void invocationsCountFromTheLastBatchAndOnlyWhileRecordsWait() {
    invoke(thresholds, 9);
    add(0);
    invoke(thresholds, 2);
    assertThat(thresholds.startBatch()).isEqualTo(100);
    invoke(thresholds, 2);
    assertThat(isDue(thresholds)).isFalse();
    invoke(thresholds, 1);
    assertThat(isDue(thresholds)).isTrue();
  }

  @Test
  void aLaneWithoutThresholdsIgnoresInvocations() {
    add(0);
    invoke(trigger, 1_000);
    assertThat(isDue(trigger)).isFalse();
  }

  private boolean isDue(BatchTrigger trigger) {
    return trigger.isDue(LIMITS, false, 0);
  }

  private void invoke(BatchTrigger trigger, int times) {
    for (int i = 0; i < times; i++) {
      trigger.invocationStarted(1, 0);
    }
  }

  private void add(long arrivedNanos) {
    queue.add(new Entry(Records.line("a"), 0, arrivedNanos, 1));
  }
}
