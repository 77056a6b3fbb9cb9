package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.Records;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever happens in whatever order, every record is accounted for and memory is bounded.
class ConservationTest {
  private static final int STEPS = 20_000;
  private static final long BYTES_MAX = 5_000;
  private static final BatchLimits LIMITS = new BatchLimits(7, 300, 150, 10);

  @ParameterizedTest
  @CsvSource({
    "1, DROP_OLDEST, 1",
    "2, DROP_OLDEST, 3",
    "3, DROP_NEWEST, 1",
    "4, DROP_NEWEST, 3",
    "5, DROP_OLDEST, 2",
    "6, DROP_NEWEST, 2"
  })
  void receivedIsDeliveredAndDroppedAndLeftBehindAtEveryStep(
      long seed, Overflow overflow, int laneCount) {
    Random random = new Random(seed);
    List<LaneQueue> lanes = new ArrayList<>();
    for (int i = 0; i < laneCount; i++) {
      lanes.add(new LaneQueue(Pipelines.off("lane" + i)));
    }
    RecordStore store = new RecordStore(BYTES_MAX, overflow, () -> "id", lanes);
    IdentityHashMap<LaneQueue, Batch> inFlight = new IdentityHashMap<>();
    long appended = 0;
    for (int step = 0; step < STEPS; step++) {
      LaneQueue lane = lanes.get(random.nextInt(laneCount));
      if (random.nextInt(3) > 0) {
        store.append(Records.ofBytes(random.nextInt(170)), step);
        appended++;
      } else if (inFlight.containsKey(lane)) {
        endOrShrink(store, lane, inFlight, random);
      } else if (laneCount > 1 && random.nextInt(5_000) == 0 && lane == lanes.getLast()) {
        store.switchOff(lane);
      } else if (lane.waitingRecords() > 0) {
        Batch batch = store.cut(lane, LIMITS, 1 + random.nextInt(400), Cut.FLUSH);
        if (batch != null) {
          inFlight.put(lane, batch);
        }
      }
      assertAccounts(store, lanes, appended);
    }
    drain(store, lanes, inFlight);
    assertThat(store.bytes()).isZero();
    assertAccounts(store, lanes, appended);
    assertThat(lanes).allSatisfy(lane -> assertThat(lane.ledger().leftBehind()).isZero());
  }

  private static void endOrShrink(
      RecordStore store,
      LaneQueue lane,
      IdentityHashMap<LaneQueue, Batch> inFlight,
      Random random) {
    Batch batch = inFlight.remove(lane);
    int records = batch == null ? 0 : batch.records().size();
    switch (random.nextInt(3)) {
      case 0 -> store.rejected(lane);
      case 1 -> store.responded(lane, List.of(), List.of());
      default -> {
        List<Integer> failed = new ArrayList<>();
        for (int i = 1; i < records; i += 1 + random.nextInt(2)) {
          failed.add(i);
        }
        store.responded(lane, failed, List.of());
        if (batch != null && !failed.isEmpty()) {
          inFlight.put(lane, batch.remainder(failed));
        }
      }
    }
  }

  private static void drain(
      RecordStore store, List<LaneQueue> lanes, IdentityHashMap<LaneQueue, Batch> inFlight) {
    for (LaneQueue lane : lanes) {
      if (inFlight.containsKey(lane)) {
        store.responded(lane, List.of(), List.of());
      }
      while (lane.waitingRecords() > 0) {
        if (store.cut(lane, LIMITS, 400, Cut.SHUTDOWN) != null) {
          store.responded(lane, List.of(), List.of());
        }
      }
    }
  }

  private static void assertAccounts(RecordStore store, List<LaneQueue> lanes, long appended) {
    assertThat(store.bytes()).isBetween(0L, BYTES_MAX);
    for (LaneQueue lane : lanes) {
      LaneLedger ledger = lane.ledger();
      assertThat(ledger.received()).isEqualTo(appended);
      assertThat(ledger.delivered() + ledger.droppedTotal() + ledger.leftBehind())
          .isEqualTo(appended);
    }
  }
}
