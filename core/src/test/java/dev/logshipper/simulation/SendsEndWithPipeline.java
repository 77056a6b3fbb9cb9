package dev.logshipper.simulation;

import dev.logshipper.pipeline.LaneLedger;

/// When the pipeline is closed no send is in progress, except one that ignores interrupts.
final class SendsEndWithPipeline extends LaneInvariant {

  SendsEndWithPipeline(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void pipelineClosed(LaneLedger ledger) {
    boolean sending = lane.sends().isSending() && !lane.sends().ignoresInterrupts();
    if (scheduler.isExact() && sending) {
      violated("a send is in progress");
    }
  }
}
