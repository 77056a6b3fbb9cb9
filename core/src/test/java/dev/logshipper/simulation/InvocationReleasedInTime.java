package dev.logshipper.simulation;

/// `/next` is requested 250 ms before the deadline of the invocation, or at once when the event
/// arrived later than that.
final class InvocationReleasedInTime implements Invariant {
  private final SimulatedScheduler scheduler;
  private final Invocation invocation;

  InvocationReleasedInTime(SimulatedScheduler scheduler, Invocation invocation) {
    this.scheduler = scheduler;
    this.invocation = invocation;
  }

  @Override
  public void nextRequested() {
    check();
  }

  @Override
  public void beforeTimeMoves() {
    check();
  }

  private void check() {
    long by = invocation.releaseByNanos() + invocation.lost();
    if (invocation.isActive() && scheduler.now() > by) {
      scheduler.violated(this, invocation.requestId() + " is held beyond " + by / 1_000 + " us");
    }
  }
}
