package dev.logshipper.simulation;

import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;

/// A sink is opened once, makes one send at a time, and is closed once, after its last send.
final class OneSendAtATime extends LaneInvariant {

  private int opened;
  private int closed;

  OneSendAtATime(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void sinkOpened() {
    opened++;
  }

  @Override
  public void sinkClosed() {
    closed++;
    if (closed > 1 || lane.sends().isSending()) {
      violated("closed again, or during a send");
    }
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    if (lane.sends().isSending() || closed > 0 || opened != 1) {
      violated("a send during another, after the sink was closed, or before it was opened");
    }
  }

  @Override
  public void runEnded(LaneLedger ledger, boolean killed) {
    if (!killed && (opened != closed || lane.sends().isSending())) {
      violated("opened " + opened + " times, closed " + closed + " times");
    }
  }
}
