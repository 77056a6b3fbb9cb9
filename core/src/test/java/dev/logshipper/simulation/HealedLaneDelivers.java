package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe.LaneState;

/// Once all destinations are healthy and the environment runs for long enough, no record is
/// undelivered and the lane is believed reachable.
final class HealedLaneDelivers extends LaneInvariant {

  HealedLaneDelivers(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void healed() {
    LaneState state = lane.state();
    boolean delivered = state.waiting() == 0 && state.inFlight() == 0;
    if (scheduler.isExact() && !state.off() && !(delivered && state.reachable())) {
      violated(state.toString());
    }
  }
}
