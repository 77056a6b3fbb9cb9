package dev.logshipper.pipeline;

import dev.logshipper.sink.Deadline;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The wait that holds an invocation for a flush.
final class FlushWait {
  /// A shorter wait without result does not show that a destination is slow.
  private static final long TIMED_OUT_NANOS_MIN = 500_000_000;

  private final RecordBuffer buffer;
  private final LaneThreads threads;
  private final LongSupplier nanoClock;

  /// Learns how long invocations are held; null for none.
  @Nullable HealthFeed health;

  FlushWait(RecordBuffer buffer, LaneThreads threads, LongSupplier nanoClock) {
    this.buffer = buffer;
    this.threads = threads;
    this.nanoClock = nanoClock;
  }

  /// Waits until the requested records are sent, or waiting cannot help.
  ///
  /// @return whether all of them are delivered or dropped
  boolean await(List<Lane> requested, Deadline deadline) throws InterruptedException {
    long start = nanoClock.getAsLong();
    buffer.await(() -> !canFinish(requested, deadline), deadline);
    long waited = nanoClock.getAsLong() - start;
    boolean timedOut = deadline.hasPassed() && waited >= TIMED_OUT_NANOS_MIN;
    return buffer.read(() -> {
      if (health != null) {
        health.held(waited);
      }
      boolean complete = true;
      for (Lane lane : requested) {
        if (!lane.trigger.isRequestComplete()) {
          complete = false;
          if (timedOut) {
            lane.backoff.waitTimedOut();
            abandonAfterHold(lane);
          }
        }
      }
      return complete;
    });
  }

  private void abandonAfterHold(Lane lane) {
    if (lane.abandonAfterHold(nanoClock.getAsLong())) {
      threads.interrupt(lane);
    }
  }

  /// Whether waiting for some of these lanes can help.
  private boolean canFinish(List<Lane> requested, Deadline deadline) {
    long latest = nanoClock.getAsLong() + deadline.remainingNanos();
    for (Lane lane : requested) {
      if (!lane.trigger.isRequestComplete() && lane.canFinishBy(latest)) {
        return true;
      }
    }
    return false;
  }
}
