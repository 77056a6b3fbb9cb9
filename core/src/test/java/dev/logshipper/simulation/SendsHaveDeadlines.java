package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import java.util.HashSet;
import java.util.Set;

/// A send has a deadline: 60 s, or the end of the shutdown for a batch cut while the pipeline was
/// closing.
final class SendsHaveDeadlines implements Invariant {
  private static final long NANOS_MAX = 60_000_000_000L;

  private final SimulatedScheduler scheduler;
  private final ShutdownWindow window;
  private final Set<String> lastBatches = new HashSet<>();

  SendsHaveDeadlines(SimulatedScheduler scheduler, ShutdownWindow window) {
    this.scheduler = scheduler;
    this.window = window;
  }

  @Override
  public void batchCutWhileClosing(String id) {
    lastBatches.add(id);
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    long left = deadline.remainingNanos();
    boolean last = window.isActive() && lastBatches.contains(batch.id().split("\\.", 2)[0]);
    if (left > NANOS_MAX || (last && left > window.remainingNanos())) {
      scheduler.violated(this, batch + " has " + left / 1_000_000 + " ms");
    }
  }
}
