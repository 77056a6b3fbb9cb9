package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;

/// No send starts after the window of the shutdown.
final class NoSendAfterShutdown implements Invariant {
  private final SimulatedScheduler scheduler;
  private final ShutdownWindow window;

  NoSendAfterShutdown(SimulatedScheduler scheduler, ShutdownWindow window) {
    this.scheduler = scheduler;
    this.window = window;
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    if (window.isOverBy(0)) {
      scheduler.violated(this, batch.toString());
    }
  }
}
