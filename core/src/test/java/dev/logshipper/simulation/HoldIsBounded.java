package dev.logshipper.simulation;

/// `/next` is requested within the longest hold after the end of the function was reported, or,
/// where that is not awaited, after the event. The report of the start is awaited for the
/// configured time, and not at all while the platform reports nothing or telemetry is delayed.
final class HoldIsBounded implements Invariant {
  private final SimulatedScheduler scheduler;
  private final Invocation invocation;
  private final Reports reports;
  private final long holdMaxNanos;

  HoldIsBounded(
      SimulatedScheduler scheduler, Invocation invocation, Reports reports, long holdMaxNanos) {
    this.scheduler = scheduler;
    this.invocation = invocation;
    this.reports = reports;
    this.holdMaxNanos = holdMaxNanos;
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
    long from = reports.holdFromNanos();
    if (!invocation.isActive() || from == SimulatedTask.NEVER) {
      return;
    }
    if (scheduler.now() > from + holdMaxNanos + invocation.lost()) {
      scheduler.violated(this, invocation.requestId() + " is held since " + from / 1_000 + " us");
    }
  }
}
