package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe.LaneState;
import java.util.List;

/// While an invocation is held for the buffer, some lane owes records, is believed reachable, and
/// does not back off until the hold ends. The end of the function is awaited only when a lane is
/// believed reachable.
final class HoldCanHelp implements Invariant {
  private final SimulatedScheduler scheduler;
  private final Invocation invocation;
  private final Hold hold;
  private final List<SimulatedLane> lanes;

  HoldCanHelp(
      SimulatedScheduler scheduler, Invocation invocation, Hold hold, List<SimulatedLane> lanes) {
    this.scheduler = scheduler;
    this.invocation = invocation;
    this.hold = hold;
    this.lanes = lanes;
  }

  @Override
  public void beforeTimeMoves() {
    if (scheduler.isFrozen() || !invocation.isActive()) {
      return;
    }
    if (hold.awaitsBuffer() && !canFlush()) {
      scheduler.violated(this, "no lane owes records and is reachable");
    }
    if (!hold.awaitsBuffer() && hold.isWithoutReachableLane()) {
      scheduler.violated(this, "an end is awaited although no lane is reachable");
    }
  }

  private boolean canFlush() {
    for (SimulatedLane lane : lanes) {
      LaneState state = lane.state();
      if (state.owes() && state.reachable() && !hold.isOutlastedByBackoff(state)) {
        return true;
      }
    }
    return false;
  }
}
