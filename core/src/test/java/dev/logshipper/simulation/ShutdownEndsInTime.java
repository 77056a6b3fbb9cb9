package dev.logshipper.simulation;

/// The shutdown ends within 50 ms after its window.
final class ShutdownEndsInTime implements Invariant {
  private static final long CLOSE_GRACE_NANOS = 50_000_000;

  private final SimulatedScheduler scheduler;
  private final ShutdownWindow window;

  ShutdownEndsInTime(SimulatedScheduler scheduler, ShutdownWindow window) {
    this.scheduler = scheduler;
    this.window = window;
  }

  @Override
  public void shutdownEnded() {
    check();
  }

  @Override
  public void beforeTimeMoves() {
    check();
  }

  private void check() {
    if (window.isOverBy(CLOSE_GRACE_NANOS)) {
      scheduler.violated(this, "it has not ended");
    }
  }
}
