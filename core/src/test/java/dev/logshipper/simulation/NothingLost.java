package dev.logshipper.simulation;

import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.LaneLedger.DropReason;

/// A received record that no batch contained was dropped and counted.
final class NothingLost extends LaneInvariant {

  NothingLost(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void runEnded(LaneLedger ledger, boolean killed) {
    long counted =
        ledger.dropped().getOrDefault(DropReason.OVERFLOW, 0L)
            + ledger.dropped().getOrDefault(DropReason.OVERSIZED, 0L)
            + ledger.dropped().getOrDefault(DropReason.SINK_OFF, 0L);
    if (!killed && lane.received().skipped() > counted) {
      violated(lane.received().skipped() + " records were never sent, " + counted + " are counted");
    }
  }
}
