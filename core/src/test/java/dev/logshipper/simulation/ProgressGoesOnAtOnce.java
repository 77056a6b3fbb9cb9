package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;

/// After progress a lane sends the remainder at the same instant, without backoff, unless the
/// environment is frozen or shuts down.
final class ProgressGoesOnAtOnce extends LaneInvariant {

  private boolean progressed;
  private boolean shutdown;

  ProgressGoesOnAtOnce(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void shutdownStarted() {
    shutdown = true;
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    progressed = false;
  }

  @Override
  public void sendEnded(Batch batch, SendResult result) {
    progressed = result instanceof SendResult.Progress;
  }

  @Override
  public void beforeTimeMoves() {
    if (progressed && !shutdown && !scheduler.isFrozen()) {
      violated("the remainder of the latest batch is not sent");
    }
  }
}
