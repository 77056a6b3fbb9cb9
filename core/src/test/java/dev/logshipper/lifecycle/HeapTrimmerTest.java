package dev.logshipper.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTrimmerTest {
  private static final long MEGABYTE = 1024 * 1024;

  private long committed = 4 * MEGABYTE;
  private long committedAfterwards = 5 * MEGABYTE;
  private int collections;
  private final HeapTrimmer trim = new HeapTrimmer(() -> committed, this::collect);

  private void collect() {
    collections++;
    committed = committedAfterwards;
  }

  @Test
  void aHeapThatHasGrownLittleIsLeftAlone() {
    committed = 12 * MEGABYTE - 1;
    trim.trim(0);
    assertThat(collections).isZero();
  }

  @Test
  void aHeapThatHasGrownMuchIsCollectedOnce() {
    committed = 12 * MEGABYTE;
    trim.trim(0);
    trim.trim(0);
    assertThat(collections).isEqualTo(1);
  }

  @Test
  void growthIsCountedFromTheLastCollection() {
    committed = 40 * MEGABYTE;
    committedAfterwards = 30 * MEGABYTE;
    trim.trim(0);
    committed = 37 * MEGABYTE;
    trim.trim(0);
    assertThat(collections).isEqualTo(1);
    committed = 38 * MEGABYTE;
    trim.trim(0);
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void recordsThatAreHeldAreNoGarbage() {
    committed = 30 * MEGABYTE;
    trim.trim(20 * MEGABYTE);
    assertThat(collections).isZero();
  }

  @Test
  void aBufferThatHasEmptiedLeavesGarbage() {
    committed = 40 * MEGABYTE;
    committedAfterwards = 35 * MEGABYTE;
    trim.trim(20 * MEGABYTE);
    assertThat(collections).isEqualTo(1);
    trim.trim(0);
    assertThat(collections).isEqualTo(2);
  }
}
