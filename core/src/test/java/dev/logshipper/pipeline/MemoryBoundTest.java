package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.testkit.Records;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryBoundTest {
  private final MemoryBound memory = new MemoryBound(10_000);

  @Test
  void anEmptyBufferHasRoomForAnything() {
    assertThat(memory.hasRoomFor(1_000_000)).isTrue();
    memory.add(entry(1));
    assertThat(memory.hasRoomFor(1_000_000)).isFalse();
  }

  @Test
  void aDeliveryNeedsRoomForTwiceItsBytes() {
    memory.add(entry(5_000 - Entry.OVERHEAD_BYTES));
    assertThat(memory.hasRoomFor(2_500)).isTrue();
    assertThat(memory.hasRoomFor(2_501)).isFalse();
  }

  @Test
  void threeQuartersAreEnoughForTheSmallestDelivery() {
    memory.add(entry(7_500 - Entry.OVERHEAD_BYTES));
    assertThat(memory.hasRoomFor(1)).isTrue();
    memory.add(entry(0));
    assertThat(memory.hasRoomFor(1)).isFalse();
  }

  @Test
  void itIsHalfFullAtHalfOfTheLimit() {
    memory.add(entry(4_999 - Entry.OVERHEAD_BYTES));
    assertThat(memory.isHalfFull()).isFalse();
    Entry last = entry(1);
    memory.add(last);
    assertThat(memory.isHalfFull()).isTrue();
    memory.release(List.of(last));
    assertThat(memory.isHalfFull()).isFalse();
  }

  @Test
  void fieldsCountWithTheMemoryThatTheyTake() {
    Entry plain = entry(10);
    Entry described =
        new Entry(plain.record.withFields(Map.of("a", "x".repeat(200), "b", "y")), 0, 0, 1);

    assertThat(described.costBytes() - plain.costBytes()).isBetween(400L, 1_000L);
  }

  private static Entry entry(int contentBytes) {
    return new Entry(Records.ofBytes(contentBytes), 0, 0, 1);
  }
}
