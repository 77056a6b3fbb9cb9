package dev.logshipper.simulation;

/// After three failures in a row a lane is believed unreachable until it succeeds.
final class FailingLaneIsUnreachable extends LaneInvariant {

  private static final int FAILURES_TO_OPEN = 3;

  private boolean shutdown;

  FailingLaneIsUnreachable(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void shutdownStarted() {
    shutdown = true;
  }

  @Override
  public void beforeTimeMoves() {
    if (!shutdown
        && !scheduler.isFrozen()
        && lane.sends().failuresInARow() >= FAILURES_TO_OPEN
        && lane.state().reachable()) {
      violated("is believed reachable");
    }
  }
}
