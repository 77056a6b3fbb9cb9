package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatcherTest {
  private final Batcher batcher = new Batcher(100, 1_000, 10, 1_000);

  @ParameterizedTest
  @CsvSource({
    "0,   0,    0, ,         ",
    "0,   0, 9999, SHUTDOWN, ",
    "1,  99,  999, ,         ",
    "1, 100,    0, ,         BYTES",
    "1, 101, 9999, FLUSH,    BYTES",
    "9,  10,    0, ,         ",
    "10, 10,    0, ,         RECORDS",
    "11, 10, 9999, SHUTDOWN, RECORDS",
    "1,   1,    0, FLUSH,    FLUSH",
    "1,   1, 9999, SHUTDOWN, SHUTDOWN",
    "1,   1, 1000, ,         AGE",
    "1,   0, 1001, ,         AGE"
  })
  void aBatchIsCutForTheFirstReasonThereIs(
      int records, long bytes, long ageNanos, @Nullable Cut demand, @Nullable Cut expected) {
    assertThat(batcher.cut(new Batcher.Waiting(records, bytes, ageNanos, demand)))
        .isEqualTo(expected);
  }

  @Test
  void theTimeUntilAgeIsAReasonRunsFromTheOldestRecord() {
    assertThat(batcher.nanosUntilStale(new Batcher.Waiting(1, 1, 300, null))).isEqualTo(700);
    assertThat(batcher.nanosUntilStale(new Batcher.Waiting(1, 1, 1_200, null))).isEqualTo(-200);
    assertThat(batcher.nanosUntilStale(new Batcher.Waiting(0, 0, 0, null)))
        .isEqualTo(Long.MAX_VALUE);
  }
}
