package dev.logshipper.simulation;

/// After several failures in a row of one batch, which is not set aside, a lane is believed
/// unreachable until it succeeds.
final class FailingLaneIsUnreachable extends LaneInvariant {

  /// The third failure may first be followed by the attempt with another batch.
  private static final int FAILURES_TO_OPEN = 4;

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
        && lane.state().hasInOrder()
        && lane.state().reachable()) {
      violated("is believed reachable");
    }
  }
}
