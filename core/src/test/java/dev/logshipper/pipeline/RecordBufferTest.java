package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Records.line;
import static dev.logshipper.testkit.Records.ofBytes;
import static dev.logshipper.testkit.Records.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.time.SystemMonitor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordBufferTest {
  private static final BatchLimits WIDE = new BatchLimits(1_000, 1 << 20, 1 << 20, 0);
  private static final int COST_OF_ONE_BYTE = 1 + Entry.OVERHEAD_BYTES;

  private MemoryBound memory = new MemoryBound(1_000);
  private Lane a = lane("a");
  private Lane b = lane("b");

  @Test
  void aFloodOfTinyRecordsIsBoundedByTheirOverheadToo() {
    appendAll(buffer(10L * COST_OF_ONE_BYTE, Overflow.DROP_NEWEST), "0123456789abcdef");
    assertThat(memory.bytes()).isEqualTo(10L * COST_OF_ONE_BYTE);
    assertThat(a.ledger().dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 6L));
  }

  @Test
  void dropNewestKeepsWhatWasThere() {
    appendAll(buffer(3L * COST_OF_ONE_BYTE, Overflow.DROP_NEWEST), "12345");
    assertThat(batch(a)).containsExactly("1", "2", "3");
  }

  @Test
  void dropOldestKeepsWhatHasJustArrived() {
    appendAll(buffer(3L * COST_OF_ONE_BYTE, Overflow.DROP_OLDEST), "12345");
    assertThat(batch(a)).containsExactly("3", "4", "5");
    assertThat(a.ledger().dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 2L));
  }

  @Test
  void oneLargeRecordMayCostSeveralSmallOnes() {
    RecordBuffer buffer = buffer(4L * COST_OF_ONE_BYTE, Overflow.DROP_OLDEST);
    appendAll(buffer, "1234");
    buffer.append(List.of(ofBytes(2 * COST_OF_ONE_BYTE - Entry.OVERHEAD_BYTES)));
    assertThat(batch(a)).hasSize(3).startsWith("3", "4");
  }

  @Test
  void aRecordLargerThanTheBufferCostsNoOther() {
    RecordBuffer buffer = buffer(2L * COST_OF_ONE_BYTE, Overflow.DROP_OLDEST);
    appendAll(buffer, "12");
    buffer.append(List.of(ofBytes(10_000)));
    assertThat(batch(a)).containsExactly("1", "2");
    assertThat(a.ledger().dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 1L));
  }

  @Test
  void whatIsBeingSentIsNotDropped() {
    RecordBuffer buffer = buffer(2L * COST_OF_ONE_BYTE, Overflow.DROP_OLDEST);
    appendAll(buffer, "12");
    assertThat(batch(a)).containsExactly("1", "2");
    appendAll(buffer, "3");
    assertThat(a.ledger().dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 1L));
    a.responses.responded(inFlight(a), List.of(), List.of());
    assertThat(a.ledger().delivered()).isEqualTo(2);
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void aSharedRecordIsFreedWhenTheLastLaneIsDoneWithIt() {
    appendAll(bufferOfTwo(1_000, Overflow.DROP_OLDEST), "1");
    assertThat(memory.bytes()).isEqualTo(COST_OF_ONE_BYTE);
    batch(a);
    a.responses.responded(inFlight(a), List.of(), List.of());
    assertThat(memory.bytes()).isEqualTo(COST_OF_ONE_BYTE);
    batch(b);
    b.responses.rejected(inFlight(b), false);
    assertThat(memory.bytes()).isZero();
    assertThat(a.ledger().delivered()).isEqualTo(1);
    assertThat(b.ledger().dropped()).isEqualTo(Map.of(DropReason.REJECTED, 1L));
  }

  @Test
  void theLaneThatIsFurthestBehindPaysForAFullBuffer() {
    RecordBuffer buffer = bufferOfTwo(3L * COST_OF_ONE_BYTE, Overflow.DROP_OLDEST);
    appendAll(buffer, "12");
    batch(a);
    a.responses.responded(inFlight(a), List.of(), List.of());
    appendAll(buffer, "345");
    assertThat(batch(a)).containsExactly("3", "4", "5");
    assertThat(batch(b)).containsExactly("3", "4", "5");
    assertThat(a.ledger().droppedTotal()).isZero();
    assertThat(b.ledger().droppedTotal()).isEqualTo(2);
  }

  @Test
  void aLaneWithoutASinkCountsItsRecordsAndHoldsNone() {
    RecordBuffer buffer = bufferOfTwo(1_000, Overflow.DROP_OLDEST);
    appendAll(buffer, "12");
    b.switchOff();
    appendAll(buffer, "3");
    assertThat(batch(a)).containsExactly("1", "2", "3");
    assertThat(b.ledger().dropped()).isEqualTo(Map.of(DropReason.SINK_OFF, 3L));
    assertThat(b.ledger().undelivered()).isZero();
    a.responses.responded(inFlight(a), List.of(), List.of());
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void recordsThatTheDestinationDoesNotTakeAreDroppedAndTheOthersSent() {
    RecordBuffer buffer = buffer(10_000, Overflow.DROP_OLDEST);
    buffer.append(List.of(line("toolong")));
    buffer.append(List.of(line("ok1")));
    buffer.append(List.of(line("toolong")));
    buffer.append(List.of(line("ok2")));
    BatchLimits narrow = new BatchLimits(10, 100, 5, 2);
    assertThat(batch(a, narrow)).containsExactly("ok1", "ok2");
    assertThat(a.ledger().dropped()).isEqualTo(Map.of(DropReason.OVERSIZED, 2L));
  }

  @Test
  void whenNothingIsLeftButOversizedRecordsThereIsNoBatch() {
    RecordBuffer buffer = buffer(10_000, Overflow.DROP_OLDEST);
    buffer.append(List.of(line("toolong")));
    assertThat(a.startBatch(new BatchLimits(10, 100, 5, 0), Long.MAX_VALUE, () -> "id")).isNull();
    assertThat(memory.bytes()).isZero();
    assertThat(buffer.isFinished()).isTrue();
  }

  @Test
  void whatAPartialSuccessLeftStaysInFlight() {
    appendAll(buffer(10_000, Overflow.DROP_OLDEST), "1234");
    batch(a);
    a.responses.responded(inFlight(a), List.of(1, 3), List.of());
    assertThat(a.ledger().delivered()).isEqualTo(2);
    assertThat(a.ledger().undelivered()).isEqualTo(2);
    assertThat(memory.bytes()).isEqualTo(2L * COST_OF_ONE_BYTE);
    assertThat(a.queue.isSettledThrough(0)).isTrue();
    assertThat(a.queue.isSettledThrough(1)).isFalse();
    a.exit.remove(inFlight(a), DropReason.REJECTED);
    assertThat(a.ledger().dropped()).isEqualTo(Map.of(DropReason.REJECTED, 2L));
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void rejectedRecordsOfAPartialResultAreDroppedAndTheOthersStayOrAreDelivered() {
    appendAll(buffer(10_000, Overflow.DROP_OLDEST), "12345");
    batch(a);
    a.responses.responded(inFlight(a), List.of(1, 3), List.of(0, 4));
    assertThat(a.ledger())
        .isEqualTo(new LaneLedger("a", 5, 1, Map.of(DropReason.REJECTED, 2L), 2, 0, 0));
    assertThat(memory.bytes()).isEqualTo(2L * COST_OF_ONE_BYTE);
    a.responses.responded(inFlight(a), List.of(), List.of(0, 1));
    assertThat(a.ledger())
        .isEqualTo(new LaneLedger("a", 5, 1, Map.of(DropReason.REJECTED, 4L), 0, 0, 0));
    assertThat(memory.bytes()).isZero();
  }

  private RecordBuffer buffer(long bytesMax, Overflow overflow) {
    memory = new MemoryBound(bytesMax);
    a = lane("a");
    return buffer(overflow, a);
  }

  private RecordBuffer bufferOfTwo(long bytesMax, Overflow overflow) {
    memory = new MemoryBound(bytesMax);
    a = lane("a");
    b = lane("b");
    return buffer(overflow, a, b);
  }

  private RecordBuffer buffer(Overflow overflow, Lane... lanes) {
    return new RecordBuffer(List.of(lanes), memory, overflow, new SystemMonitor(), () -> 0);
  }

  private Lane lane(String name) {
    return new Lane(Pipelines.off(name), memory, () -> 0.5);
  }

  private static void appendAll(RecordBuffer buffer, String texts) {
    texts.chars().forEach(c -> buffer.append(List.of(line(Character.toString(c)))));
  }

  private static List<String> batch(Lane lane) {
    return batch(lane, WIDE);
  }

  private static List<String> batch(Lane lane, BatchLimits limits) {
    InFlight batch = lane.startBatch(limits, Long.MAX_VALUE, () -> "id");
    return batch == null ? List.of() : texts(batch.batch.records());
  }

  private static InFlight inFlight(Lane lane) {
    return lane.queue.inFlight().getFirst();
  }
}
