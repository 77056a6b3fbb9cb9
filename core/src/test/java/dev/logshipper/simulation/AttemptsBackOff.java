package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;

/// After a failure, no attempt starts before the delay that the destination requested; after three
/// failures in a row, none starts within 2.4 s. The shutdown ends a backoff.
final class AttemptsBackOff extends LaneInvariant {

  private static final int FAILURES_TO_OPEN = 3;
  private static final long PROBE_NANOS_MIN = 2_400_000_000L;

  private long notBeforeNanos;
  private boolean shutdown;

  AttemptsBackOff(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void shutdownStarted() {
    shutdown = true;
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    if (scheduler.now() < notBeforeNanos && !shutdown) {
      violated(batch + " is sent too early");
    }
  }

  @Override
  public void sendEnded(Batch batch, SendResult result) {
    if (result instanceof SendResult.Retry retry) {
      boolean open = lane.sends().failuresInARow() >= FAILURES_TO_OPEN;
      long delay = Math.max(retry.after().toNanos(), open ? PROBE_NANOS_MIN : 0);
      notBeforeNanos = scheduler.now() + delay;
    }
  }
}
