package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe.LaneState;

/// A lane that an invocation was held for, for half a second and without success, is believed
/// unreachable until it succeeds.
final class VainHoldIsNotRepeated extends LaneInvariant {

  private static final long VAIN_NANOS_MIN = 500_000_000;

  private final Invocation invocation;
  private final Hold hold;

  VainHoldIsNotRepeated(
      SimulatedLane lane, SimulatedScheduler scheduler, Invocation invocation, Hold hold) {
    super(lane, scheduler);
    this.invocation = invocation;
    this.hold = hold;
  }

  @Override
  public void nextRequested() {
    LaneState state = lane.state();
    if (invocation.isActive()
        && scheduler.isExact()
        && scheduler.now() >= hold.untilNanos()
        && hold.awaitedBufferNanos() >= VAIN_NANOS_MIN
        && (hold.hasFlushed() || !lane.followsFlushes())
        && !lane.sends().haveJustEnded()
        && state.reachable()
        && state.owes()) {
      violated("is believed reachable");
    }
  }
}
