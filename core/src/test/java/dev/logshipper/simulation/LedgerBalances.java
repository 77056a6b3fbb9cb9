package dev.logshipper.simulation;

import dev.logshipper.pipeline.LaneLedger;

/// The ledger balances: received = delivered + dropped + undelivered.
final class LedgerBalances extends LaneInvariant {

  LedgerBalances(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void runEnded(LaneLedger ledger, boolean killed) {
    if (ledger.received() != ledger.delivered() + ledger.droppedTotal() + ledger.undelivered()) {
      violated(ledger.line());
    }
  }
}
