package dev.logshipper.simulation;

import dev.logshipper.pipeline.LaneLedger;
import org.jspecify.annotations.Nullable;

/// The ledgers that the closed pipeline returns do not change, except that records received later
/// are undelivered. Not checked when a send was still in progress.
final class LedgerIsFinal extends LaneInvariant {

  private @Nullable LaneLedger last;

  LedgerIsFinal(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void pipelineClosed(LaneLedger ledger) {
    last = scheduler.isExact() && !lane.sends().isSending() ? ledger : null;
  }

  @Override
  public void runEnded(LaneLedger ledger, boolean killed) {
    boolean changed =
        last != null
            && (last.delivered() != ledger.delivered() || last.requests() != ledger.requests());
    if (!killed && last != null && changed) {
      violated(last.line() + " became " + ledger.line());
    }
  }
}
