package dev.logshipper.pipeline;

import static dev.logshipper.testkit.Records.line;
import static dev.logshipper.testkit.Records.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneConfig.Chain;
import dev.logshipper.pipeline.LaneConfig.Retries;
import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.time.SystemMonitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The memory of lanes that stand in for each other, or that are down while others work.
class HandoverMemoryTest {
  private static final BatchLimits WIDE = new BatchLimits(1_000, 1 << 20, 1 << 20, 0);
  private static final int COST_OF_ONE_BYTE = 1 + Entry.OVERHEAD_BYTES;
  private static final long ROOM_FOR_THREE = 3L * COST_OF_ONE_BYTE;

  private MemoryBound memory = new MemoryBound(ROOM_FOR_THREE);
  private Lane first = lane("first");
  private Lane second = lane("second");

  @Test
  void marksOfRecordsWithoutFieldsShareTheirMemory() {
    handOver(chain(), "123");
    assertThat(memory.bytes()).isEqualTo(ROOM_FOR_THREE);
    assertThat(second.queue.inFlight().getFirst().entries)
        .extracting(entry -> entry.record.fields())
        .allSatisfy(fields -> assertThat(fields).isEqualTo(Map.of(Handover.MARK, "first")))
        .allSatisfy(fields ->
            assertThat(fields)
                .isSameAs(second.queue.inFlight().getFirst().entries.getFirst().record.fields()));
    sendAll(second);
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void aMarkInAdditionToOtherFieldsCounts() {
    memory = new MemoryBound(1_000);
    first = lane("first");
    chain().append(List.of(line("1").withFields(Map.of("user", "u"))));
    long before = memory.bytes();
    start(first);
    first.exit.remove(first.queue.inFlight().getFirst(), DropReason.REJECTED);
    assertThat(memory.bytes()).isGreaterThan(before + "first".length());
    sendAll(second);
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void redactedRecordsCountInsteadOfTheOriginals() {
    RecordBuffer buffer = chain();
    append(buffer, "12");
    start(first);
    InFlight batch = first.queue.inFlight().getFirst();
    LogRecord replaced = line("[card]");
    first.redacted(batch, List.of(replaced, batch.batch.records().get(1)), List.of(0, 1));
    assertThat(memory.bytes()).isEqualTo(2L * COST_OF_ONE_BYTE + "card]".length());
    first.exit.remove(batch, DropReason.REJECTED);
    assertThat(texts(second.queue.inFlight().getFirst().batch.records()))
        .containsExactly("[card]", "2");
  }

  @Test
  void batchesThatWereNotAttemptedAreDroppedForRoomBeforeNewerRecords() {
    RecordBuffer buffer = chain();
    handOver(buffer, "12");
    append(buffer, "34");
    assertThat(second.ledger().dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 2L));
    assertThat(first.ledger().droppedTotal()).isZero();
    assertThat(texts(first.queue.waiting())).containsExactly("3", "4");
  }

  @Test
  void aBatchThatIsBeingAttemptedIsNotDroppedForRoom() {
    RecordBuffer buffer = chain();
    handOver(buffer, "12");
    assertThat(second.take(second.queue.inFlight().getFirst(), WIDE)).isNotNull();
    append(buffer, "345");
    assertThat(second.ledger().undelivered()).isEqualTo(2);
    assertThat(texts(first.queue.waiting())).containsExactly("5");
  }

  @Test
  void batchesOfAnEarlierProcessAreDroppedFirst() {
    RecordBuffer buffer = buffer();
    append(buffer, "1");
    Batch old = new Batch("old", List.of(line("a"), line("b")));
    buffer.change(() -> buffer.restore(List.of(old), first, -1));
    append(buffer, "2");
    assertThat(first.ledger().dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 2L));
    assertThat(texts(first.queue.waiting())).containsExactly("1", "2");
    assertThat(memory.bytes()).isLessThanOrEqualTo(ROOM_FOR_THREE);
  }

  @Test
  void aDeadLaneAloneLosesRecordsAndEachDropFreesItsMemory() {
    RecordBuffer buffer = buffer();
    for (int i = 0; i < 100; i++) {
      append(buffer, "x");
      sendAll(first);
      assertThat(memory.bytes())
          .isEqualTo(second.queue.undelivered() * COST_OF_ONE_BYTE)
          .isLessThanOrEqualTo(ROOM_FOR_THREE);
    }
    assertThat(first.ledger().delivered()).isEqualTo(100);
    assertThat(first.ledger().droppedTotal()).isZero();
    assertThat(second.ledger().dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 97L));
  }

  private RecordBuffer chain() {
    first.fallBackOn(second);
    LaneConfig standby =
        new LaneConfig(
            "second",
            null,
            Set.of(),
            Pipelines.off("second").batching(),
            Retries.every(Duration.ofMillis(1)),
            LaneControl.NONE,
            new Chain(true, null),
            null);
    second = new Lane(standby, memory, () -> 0.5);
    first.fallBackOn(second);
    return buffer();
  }

  private RecordBuffer buffer() {
    return new RecordBuffer(
        List.of(first, second), memory, Overflow.DROP_OLDEST, new SystemMonitor(), () -> 0);
  }

  private void handOver(RecordBuffer buffer, String texts) {
    append(buffer, texts);
    start(first);
    first.exit.remove(first.queue.inFlight().getFirst(), DropReason.REJECTED);
  }

  private static void append(RecordBuffer buffer, String texts) {
    texts.chars().forEach(c -> buffer.append(List.of(line(Character.toString(c)))));
  }

  private static void start(Lane lane) {
    assertThat(lane.startBatch(WIDE, Long.MAX_VALUE, () -> "id")).isNotNull();
  }

  private static void sendAll(Lane lane) {
    if (!lane.queue.isEmpty()) {
      start(lane);
    }
    for (InFlight batch : List.copyOf(lane.queue.inFlight())) {
      lane.responses.responded(batch, List.of(), List.of());
    }
  }

  private Lane lane(String name) {
    return new Lane(Pipelines.off(name), memory, () -> 0.5);
  }
}
