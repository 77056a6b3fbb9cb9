package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe.LaneState;
import dev.logshipper.sink.SendResult.Cause;

/// Once all destinations are healthy and the environment runs for long enough, no record is
/// undelivered, except those that make each send fail, and the lane is believed reachable.
final class HealedLaneDelivers extends LaneInvariant {

  HealedLaneDelivers(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void healed() {
    boolean isPoisoned = lane.received().poisons() > 0;
    if (isPoisoned
        && !(lane.plan().poisonEvery() > 3 && lane.plan().poisonCause() == Cause.ERROR)) {
      // It takes longer to find them all.
      return;
    }
    LaneState state = lane.state();
    boolean delivered = state.waiting() == 0 && state.inFlight() <= lane.received().poisons();
    boolean reachable = state.reachable() || state.inFlight() > 0;
    if (scheduler.isExact() && !state.off() && !(delivered && reachable)) {
      violated(state.toString());
    }
  }
}
