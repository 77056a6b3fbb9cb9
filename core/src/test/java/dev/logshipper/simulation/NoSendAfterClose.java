package dev.logshipper.simulation;

import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;

/// No send starts after the pipeline is closed. A starved thread may start one late, without time
/// left or interrupted.
final class NoSendAfterClose extends LaneInvariant {

  private boolean closed;

  NoSendAfterClose(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void pipelineClosed(LaneLedger ledger) {
    closed = true;
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    if (closed && !deadline.hasPassed() && !scheduler.current().interrupted) {
      violated(batch.toString());
    }
  }
}
