package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Records.line;
import static dev.logshipper.testkit.Records.ofBytes;
import static dev.logshipper.testkit.Records.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.testkit.Pipelines;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordStoreTest {
  private static final BatchLimits WIDE = new BatchLimits(1_000, 1 << 20, 1 << 20, 0);
  private static final int COST_OF_ONE_BYTE = 1 + Entry.OVERHEAD_BYTES;

  private final LaneQueue a = new LaneQueue(Pipelines.off("a"));
  private final LaneQueue b = new LaneQueue(Pipelines.off("b"));
  private final AtomicInteger ids = new AtomicInteger();

  @Test
  void anEmptyBufferHasRoomForAnything() {
    RecordStore store = store(1_000, Overflow.DROP_OLDEST, a);
    assertThat(store.hasRoomFor(1_000_000)).isTrue();
    store.append(line("x"), 0);
    assertThat(store.hasRoomFor(1_000_000)).isFalse();
  }

  @Test
  void aDeliveryNeedsRoomForTwiceItsBytes() {
    RecordStore store = store(10_000, Overflow.DROP_OLDEST, a);
    store.append(ofBytes(5_000 - Entry.OVERHEAD_BYTES), 0);
    assertThat(store.hasRoomFor(2_500)).isTrue();
    assertThat(store.hasRoomFor(2_501)).isFalse();
  }

  @Test
  void threeQuartersAreEnoughForTheSmallestDelivery() {
    RecordStore store = store(10_000, Overflow.DROP_OLDEST, a);
    store.append(ofBytes(7_500 - Entry.OVERHEAD_BYTES), 0);
    assertThat(store.hasRoomFor(1)).isTrue();
    store.append(line(""), 0);
    assertThat(store.hasRoomFor(1)).isFalse();
  }

  @Test
  void aFloodOfTinyRecordsIsBoundedByTheirOverheadToo() {
    RecordStore store = store(10L * COST_OF_ONE_BYTE, Overflow.DROP_NEWEST, a);
    appendAll(store, "0123456789abcdef");
    assertThat(store.bytes()).isEqualTo(10L * COST_OF_ONE_BYTE);
    assertThat(a.ledger().dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 6L));
  }

  @Test
  void dropNewestKeepsWhatWasThere() {
    RecordStore store = store(3L * COST_OF_ONE_BYTE, Overflow.DROP_NEWEST, a);
    appendAll(store, "12345");
    assertThat(cut(store, a)).containsExactly("1", "2", "3");
  }

  @Test
  void dropOldestKeepsWhatHasJustArrived() {
    RecordStore store = store(3L * COST_OF_ONE_BYTE, Overflow.DROP_OLDEST, a);
    appendAll(store, "12345");
    assertThat(cut(store, a)).containsExactly("3", "4", "5");
    assertThat(a.ledger().dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 2L));
  }

  @Test
  void oneLargeRecordMayCostSeveralSmallOnes() {
    RecordStore store = store(4L * COST_OF_ONE_BYTE, Overflow.DROP_OLDEST, a);
    appendAll(store, "1234");
    store.append(ofBytes(2 * COST_OF_ONE_BYTE - Entry.OVERHEAD_BYTES), 0);
    assertThat(cut(store, a)).hasSize(3).startsWith("3", "4");
  }

  @Test
  void aRecordLargerThanTheBufferCostsNoOther() {
    RecordStore store = store(2L * COST_OF_ONE_BYTE, Overflow.DROP_OLDEST, a);
    appendAll(store, "12");
    store.append(ofBytes(10_000), 0);
    assertThat(cut(store, a)).containsExactly("1", "2");
    assertThat(a.ledger().dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 1L));
  }

  @Test
  void whatIsBeingSentIsNotDropped() {
    RecordStore store = store(2L * COST_OF_ONE_BYTE, Overflow.DROP_OLDEST, a);
    appendAll(store, "12");
    assertThat(cut(store, a)).containsExactly("1", "2");
    appendAll(store, "3");
    assertThat(a.ledger().dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 1L));
    store.responded(a, List.of(), List.of());
    assertThat(a.ledger().delivered()).isEqualTo(2);
    assertThat(store.bytes()).isZero();
  }

  @Test
  void aSharedRecordIsFreedWhenTheLastLaneIsDoneWithIt() {
    RecordStore store = store(1_000, Overflow.DROP_OLDEST, a, b);
    appendAll(store, "1");
    assertThat(store.bytes()).isEqualTo(COST_OF_ONE_BYTE);
    cut(store, a);
    store.responded(a, List.of(), List.of());
    assertThat(store.bytes()).isEqualTo(COST_OF_ONE_BYTE);
    cut(store, b);
    store.rejected(b);
    assertThat(store.bytes()).isZero();
    assertThat(a.ledger().delivered()).isEqualTo(1);
    assertThat(b.ledger().dropped()).isEqualTo(Map.of(DropReason.REJECTED, 1L));
  }

  @Test
  void theLaneThatIsFurthestBehindPaysForAFullBuffer() {
    RecordStore store = store(3L * COST_OF_ONE_BYTE, Overflow.DROP_OLDEST, a, b);
    appendAll(store, "12");
    cut(store, a);
    store.responded(a, List.of(), List.of());
    appendAll(store, "345");
    assertThat(cut(store, a)).containsExactly("3", "4", "5");
    assertThat(cut(store, b)).containsExactly("3", "4", "5");
    assertThat(a.ledger().droppedTotal()).isZero();
    assertThat(b.ledger().droppedTotal()).isEqualTo(2);
  }

  @Test
  void aLaneWithoutASinkCountsItsRecordsAndHoldsNone() {
    RecordStore store = store(1_000, Overflow.DROP_OLDEST, a, b);
    appendAll(store, "12");
    store.switchOff(b);
    appendAll(store, "3");
    assertThat(cut(store, a)).containsExactly("1", "2", "3");
    assertThat(b.ledger().dropped()).isEqualTo(Map.of(DropReason.SINK_OFF, 3L));
    assertThat(b.ledger().leftBehind()).isZero();
    store.responded(a, List.of(), List.of());
    assertThat(store.bytes()).isZero();
  }

  @Test
  void recordsThatTheDestinationDoesNotTakeAreDroppedAndTheOthersSent() {
    RecordStore store = store(10_000, Overflow.DROP_OLDEST, a);
    store.append(line("toolong"), 0);
    store.append(line("ok1"), 0);
    store.append(line("toolong"), 0);
    store.append(line("ok2"), 0);
    BatchLimits narrow = new BatchLimits(10, 100, 5, 2);
    assertThat(texts(batch(store, a, narrow, 100).records())).containsExactly("ok1", "ok2");
    assertThat(a.ledger().dropped()).isEqualTo(Map.of(DropReason.OVERSIZED, 2L));
  }

  @Test
  void whenNothingIsLeftButOversizedRecordsThereIsNoBatch() {
    RecordStore store = store(10_000, Overflow.DROP_OLDEST, a);
    store.append(line("toolong"), 0);
    assertThat(store.cut(a, new BatchLimits(10, 100, 5, 0), 100, Cut.FLUSH)).isNull();
    assertThat(store.bytes()).isZero();
    assertThat(store.isSettledThrough(store.lastSequence())).isTrue();
  }

  @Test
  void aBatchKeepsEveryLimitOfTheDestination() {
    RecordStore store = store(10_000, Overflow.DROP_OLDEST, a);
    appendAll(store, "123456");
    assertThat(batch(store, a, new BatchLimits(4, 100, 10, 0), 100).records()).hasSize(4);
    store.responded(a, List.of(), List.of());
    appendAll(store, "789");
    assertThat(batch(store, a, new BatchLimits(9, 6, 6, 2), 100).records()).hasSize(2);
    store.responded(a, List.of(), List.of());
    assertThat(batch(store, a, new BatchLimits(9, 100, 10, 0), 1).records()).hasSize(1);
  }

  @Test
  void oneRecordMayExceedTheBytesAimedAtButNotThoseTaken() {
    RecordStore store = store(10_000, Overflow.DROP_OLDEST, a);
    store.append(ofBytes(50), 0);
    store.append(ofBytes(50), 0);
    assertThat(batch(store, a, new BatchLimits(9, 100, 100, 0), 10).records()).hasSize(1);
  }

  @Test
  void whatAPartialSuccessLeftStaysInFlight() {
    RecordStore store = store(10_000, Overflow.DROP_OLDEST, a);
    appendAll(store, "1234");
    cut(store, a);
    store.responded(a, List.of(1, 3), List.of());
    assertThat(a.ledger().delivered()).isEqualTo(2);
    assertThat(a.ledger().leftBehind()).isEqualTo(2);
    assertThat(store.bytes()).isEqualTo(2L * COST_OF_ONE_BYTE);
    assertThat(store.isSettledThrough(0)).isTrue();
    assertThat(store.isSettledThrough(1)).isFalse();
    store.rejected(a);
    assertThat(a.ledger().dropped()).isEqualTo(Map.of(DropReason.REJECTED, 2L));
    assertThat(store.bytes()).isZero();
  }

  private RecordStore store(long bytesMax, Overflow overflow, LaneQueue... lanes) {
    return new RecordStore(bytesMax, overflow, () -> "id" + ids.incrementAndGet(), List.of(lanes));
  }

  private static void appendAll(RecordStore store, String texts) {
    texts.chars().forEach(c -> store.append(line(Character.toString(c)), 0));
  }

  private static List<String> cut(RecordStore store, LaneQueue lane) {
    return texts(batch(store, lane, WIDE, 1 << 20).records());
  }

  private static Batch batch(RecordStore store, LaneQueue lane, BatchLimits limits, long target) {
    @Nullable Batch batch = store.cut(lane, limits, target, Cut.FLUSH);
    if (batch == null) {
      throw new AssertionError("there was nothing to cut");
    }
    return batch;
  }
}
