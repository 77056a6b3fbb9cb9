package dev.logshipper.simulation;

/// The time that the extension has for its shutdown: 1.4 s, or until 300 ms before the kill.
final class ShutdownWindow {
  private static final long MARGIN_NANOS = 300_000_000;
  private static final long LONGEST_NANOS = 1_400_000_000;

  private final SimulatedScheduler scheduler;
  private boolean active;
  private long lostBefore;
  private long endNanos;

  ShutdownWindow(SimulatedScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /// @param deadlineNanos when the platform kills the extension
  void started(long deadlineNanos) {
    active = true;
    lostBefore = scheduler.lost();
    long end = Math.min(deadlineNanos - MARGIN_NANOS, scheduler.now() + LONGEST_NANOS);
    endNanos = Math.max(scheduler.now(), end);
  }

  void ended() {
    active = false;
  }

  boolean isActive() {
    return active;
  }

  long remainingNanos() {
    return Math.max(0, endNanos - scheduler.now());
  }

  /// Whether it has been over for longer than a grace period and the time that was lost.
  boolean isOverBy(long graceNanos) {
    return active && scheduler.now() > endNanos + graceNanos + scheduler.lost() - lostBefore;
  }
}
