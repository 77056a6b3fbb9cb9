package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.BatchLimits;
import dev.logshipper.testkit.Records;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneQueueTest {
  private final LaneQueue queue = new LaneQueue();

  @Test
  void aBatchRespectsEveryLimitOfTheDestination() {
    addAll(1, 6);
    assertThat(batch(new BatchLimits(4, 100, 10, 0), 100)).isEqualTo(4);
    addAll(1, 1);
    assertThat(batch(new BatchLimits(9, 6, 6, 2), 100)).isEqualTo(2);
    assertThat(batch(new BatchLimits(9, 100, 10, 0), 1)).isEqualTo(1);
  }

  @Test
  void oneRecordMayExceedTheTargetSizeButNotTheLimit() {
    addAll(50, 2);
    assertThat(batch(new BatchLimits(9, 100, 100, 0), 10)).isEqualTo(1);
  }

  private int batch(BatchLimits limits, long targetBytes) {
    List<Entry> oversized = new ArrayList<>();
    int records = queue.takeBatch(limits, targetBytes, oversized).size();
    assertThat(oversized).isEmpty();
    return records;
  }

  private void addAll(int bytes, int records) {
    for (int i = 0; i < records; i++) {
      queue.add(new Entry(Records.ofBytes(bytes), i, 0, 1));
    }
  }
}
