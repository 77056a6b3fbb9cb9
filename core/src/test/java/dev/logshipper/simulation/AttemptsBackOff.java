package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import java.util.HashMap;
import java.util.Map;

/// After a failure, no attempt starts before the delay that the destination requested; after
/// several failures of a batch in a row, none with the same batch starts within 2.4 s, unless the
/// destination accepts another one meanwhile. The shutdown ends a backoff; an attempt that was
/// abandoned is repeated at once.
final class AttemptsBackOff extends LaneInvariant {
  /// The third failure may be followed at once by the attempt with another batch.
  private static final int FAILURES_MIN = 4;

  private static final long PROBE_NANOS_MIN = 2_400_000_000L;

  private long notBeforeNanos;
  private final Map<String, Long> failedAt = new HashMap<>();
  private boolean shutdown;
  private int interrupts;

  AttemptsBackOff(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void shutdownStarted() {
    shutdown = true;
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    boolean abandoned = scheduler.current().interrupts > interrupts;
    interrupts = scheduler.current().interrupts;
    UnfinishedBatch current = lane.sends().current();
    boolean open = current != null && current.failures() >= FAILURES_MIN;
    long notBefore = open ? failedAt.getOrDefault(batch.id(), 0L) + PROBE_NANOS_MIN : 0;
    if (scheduler.now() < Math.max(notBefore, notBeforeNanos) && !shutdown && !abandoned) {
      violated(batch + " is sent too early");
    }
  }

  @Override
  public void sendEnded(Batch batch, SendResult result) {
    if (result instanceof SendResult.Retry retry) {
      notBeforeNanos = scheduler.now() + retry.after().toNanos();
      failedAt.put(batch.id(), scheduler.now());
    } else {
      failedAt.remove(batch.id());
    }
  }
}
