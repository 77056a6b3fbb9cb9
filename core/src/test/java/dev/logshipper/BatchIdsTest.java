package dev.logshipper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchIdsTest {
  @Test
  void noTwoIdsAreEqualInOneProcessNorBetweenTwo() {
    BatchIds one = new BatchIds(() -> 7);
    BatchIds other = new BatchIds(() -> 7);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      ids.add(one.get());
      ids.add(other.get());
    }
    assertThat(ids).hasSize(2_000);
  }

  @Test
  void anIdHoldsOnlyWhatAnObjectKeyMay() {
    assertThat(new BatchIds(() -> 1_795_256_130_123L).get())
        .matches("[0-9a-f]{1,16}-1795256130123-1");
  }
}
