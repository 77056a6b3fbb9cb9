package dev.logshipper.simulation;

import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.LaneLedger.DropReason;
import java.util.function.BooleanSupplier;

/// Records are dropped only when the sink could not be opened, when they are larger than it
/// accepts, when each send of them fails while others succeed, or when all records together exceed
/// the buffer.
final class DropsAreJustified extends LaneInvariant {

  private final BooleanSupplier mayOverflow;

  DropsAreJustified(SimulatedLane lane, SimulatedScheduler scheduler, BooleanSupplier mayOverflow) {
    super(lane, scheduler);
    this.mayOverflow = mayOverflow;
  }

  @Override
  public void runEnded(LaneLedger ledger, boolean killed) {
    if (killed) {
      return;
    }
    long off = ledger.dropped().getOrDefault(DropReason.SINK_OFF, 0L);
    if (lane.plan().opens() && off > 0) {
      violated(off + " records were dropped although the sink opened");
    }
    long oversized = ledger.dropped().getOrDefault(DropReason.OVERSIZED, 0L);
    if (oversized > lane.received().oversized()) {
      violated(oversized + " records were dropped as oversized, not all of them are");
    }
    long poisoned = ledger.dropped().getOrDefault(DropReason.POISONED, 0L);
    if (poisoned > lane.received().poisons() && !lane.plan().isFlaky()) {
      violated(poisoned + " records were dropped as poisoned");
    }
    long overflow = ledger.dropped().getOrDefault(DropReason.OVERFLOW, 0L);
    if (overflow > 0 && !mayOverflow.getAsBoolean()) {
      violated(overflow + " records were dropped although there was room for all");
    }
  }
}
