package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe.LaneState;

/// All records received before an invocation began, or before its end was reported, are sent when
/// the flush ends, unless the hold was over, the lane unreachable or backing off for longer. After
/// a delay of telemetry the flush may have begun before the end was reported.
final class FlushIsComplete extends LaneInvariant {

  private final Invocation invocation;
  private final Reports reports;
  private final Hold hold;
  private int toFlush;

  FlushIsComplete(
      SimulatedLane lane,
      SimulatedScheduler scheduler,
      Invocation invocation,
      Reports reports,
      Hold hold) {
    super(lane, scheduler);
    this.invocation = invocation;
    this.reports = reports;
    this.hold = hold;
  }

  @Override
  public void invocationStarted() {
    toFlush = lane.received().handledCount();
  }

  @Override
  public void invocationEndReported() {
    if (reports.areAwaited() && !reports.wereDelayed()) {
      toFlush = lane.received().count();
    }
  }

  @Override
  public void nextRequested() {
    LaneState state = lane.state();
    if (invocation.isActive()
        && scheduler.isExact()
        && lane.followsFlushes()
        && hold.hasFlushed()
        && scheduler.now() < hold.untilNanos()
        && !lane.sends().haveJustEnded()
        && state.reachable()
        && !hold.isOutlastedByBackoff(state)
        && !state.oldestHeld().isEmpty()
        && lane.received().wasAmongFirst(toFlush, state.oldestHeld())) {
      violated("still holds records");
    }
  }
}
