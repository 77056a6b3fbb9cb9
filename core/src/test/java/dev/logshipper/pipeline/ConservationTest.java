package dev.logshipper.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneConfig.Batching;
import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.pipeline.Pipeline.Overflow;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.Records;
import dev.logshipper.time.SystemMonitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every record is accounted for and memory is bounded, whatever happens in whatever order.
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
  void receivedIsDeliveredPlusDroppedPlusUndeliveredAtEveryStep(
      long seed, Overflow overflow, int laneCount) {
    Random random = new Random(seed);
    MemoryBound memory = new MemoryBound(BYTES_MAX);
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < laneCount; i++) {
      lanes.add(new Lane(narrow("lane" + i), memory, () -> 0.5));
    }
    RecordBuffer buffer = new RecordBuffer(lanes, memory, overflow, new SystemMonitor(), () -> 0);
    IdentityHashMap<Lane, InFlight> inFlight = new IdentityHashMap<>();
    long appended = 0;
    for (int step = 0; step < STEPS; step++) {
      Lane lane = lanes.get(random.nextInt(laneCount));
      if (random.nextInt(3) > 0) {
        buffer.append(List.of(Records.ofBytes(random.nextInt(170))));
        appended++;
      } else if (inFlight.containsKey(lane)) {
        endOrShrink(lane, inFlight, random);
      } else if (laneCount > 1 && random.nextInt(5_000) == 0 && lane == lanes.getLast()) {
        lane.switchOff();
      } else if (!lane.queue.isEmpty()) {
        BatchLimits limits = LIMITS.withRecords(1 + random.nextInt(7));
        InFlight batch = lane.startBatch(limits, Long.MAX_VALUE, () -> "id");
        if (batch != null) {
          inFlight.put(lane, batch);
        }
      }
      assertLedgers(memory, lanes, appended);
    }
    drain(lanes);
    assertThat(memory.bytes()).isZero();
    assertLedgers(memory, lanes, appended);
    assertThat(lanes).allSatisfy(lane -> assertThat(lane.ledger().undelivered()).isZero());
  }

  /// A lane whose target size limits its batches.
  private static LaneConfig narrow(String name) {
    Batching batching = Batching.withEachFlush(200, Duration.ofHours(1));
    return Pipelines.lane(name, FakeSink::new, batching);
  }

  private static void endOrShrink(
      Lane lane, IdentityHashMap<Lane, InFlight> inFlight, Random random) {
    InFlight batch = requireNonNull(inFlight.remove(lane));
    switch (random.nextInt(4)) {
      case 0 -> {
        boolean _ = lane.responses.rejected(batch, true);
        InFlight half = lane.queue.firstInOrder();
        if (half != null) {
          inFlight.put(lane, half);
        }
      }
      case 1 -> lane.responses.responded(batch, List.of(), List.of());
      case 2 -> lane.exit.remove(batch, DropReason.POISONED);
      default -> {
        List<Integer> again = new ArrayList<>();
        List<Integer> rejected = new ArrayList<>();
        for (int i = 1; i < batch.size(); i += 1 + random.nextInt(2)) {
          (random.nextInt(3) > 0 ? again : rejected).add(i);
        }
        lane.responses.responded(batch, again, rejected);
        if (!again.isEmpty()) {
          inFlight.put(lane, batch);
        }
      }
    }
  }

  private static void drain(List<Lane> lanes) {
    for (Lane lane : lanes) {
      while (lane.queue.firstInOrder() != null) {
        lane.responses.responded(requireNonNull(lane.queue.firstInOrder()), List.of(), List.of());
      }
      while (!lane.queue.isEmpty()) {
        InFlight batch = lane.startBatch(LIMITS, Long.MAX_VALUE, () -> "id");
        if (batch != null) {
          lane.responses.responded(batch, List.of(), List.of());
        }
      }
    }
  }

  private static void assertLedgers(MemoryBound memory, List<Lane> lanes, long appended) {
    assertThat(memory.bytes()).isBetween(0L, BYTES_MAX);
    for (Lane lane : lanes) {
      LaneLedger ledger = lane.ledger();
      assertThat(ledger.received()).isEqualTo(appended);
      assertThat(ledger.delivered() + ledger.droppedTotal() + ledger.undelivered())
          .isEqualTo(appended);
    }
  }
}
