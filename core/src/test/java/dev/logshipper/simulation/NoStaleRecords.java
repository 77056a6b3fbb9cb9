package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe.LaneState;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.FlushMode;

/// A lane sends records before they become stale, unless a send or a backoff is in progress. An
/// expected flush restarts the age; a thaw postpones the send once per batch, briefly.
final class NoStaleRecords extends LaneInvariant {
  private static final long THAW_GRACE_NANOS = 100_000_000;

  /// A wait that ends less late than this was no freeze, and does not use up the grace period.
  private static final long FREEZE_NANOS_MIN = 200_000_000;

  /// The arrival of no record.
  private static final long NO_RECORD = Long.MIN_VALUE;

  private final Scenario scenario;
  private boolean open;
  private boolean shutdown;
  private long openedAt;
  private long flushExpectedAt;
  private long graceUntil;
  private long graceUsedBy;
  private int graces;
  private long lostWhenEmpty;

  NoStaleRecords(SimulatedLane lane, SimulatedScheduler scheduler, Scenario scenario) {
    super(lane, scheduler);
    this.scenario = scenario;
  }

  @Override
  public void sinkOpened() {
    open = true;
    openedAt = scheduler.now();
  }

  @Override
  public void invocationStarted() {
    FlushMode mode = scenario.flush().mode();
    if (mode == FlushMode.END || mode == FlushMode.AUTO) {
      flushExpectedAt = scheduler.now();
    }
  }

  @Override
  public void shutdownStarted() {
    shutdown = true;
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    graceUsedBy = NO_RECORD;
    graces++;
  }

  @Override
  public void thawed() {
    LaneState state = lane.state();
    long oldest = state.oldestArrivedNanos();
    long lateNanos = scheduler.now() - Math.max(staleAt(state), graceUntil);
    if (isWaiting(state) && lateNanos > 0 && graceUsedBy != oldest) {
      graceUntil = scheduler.now() + THAW_GRACE_NANOS;
      graceUsedBy = lateNanos > FREEZE_NANOS_MIN ? oldest : graceUsedBy;
    }
  }

  @Override
  public void beforeTimeMoves() {
    if (scheduler.isFrozen() || shutdown) {
      return;
    }
    LaneState state = lane.state();
    if (state.waiting() == 0) {
      graceUsedBy = NO_RECORD;
      graces = 1;
      lostWhenEmpty = scheduler.lost();
    } else if (isIdle(state) && scheduler.now() > Math.max(staleAt(state), graceUntil)) {
      violated("the oldest record is stale");
    }
  }

  /// Batches that are set aside may be in flight.
  private boolean isWaiting(LaneState state) {
    boolean sends = state.hasInOrder() || lane.sends().isSending();
    return open && state.waiting() > 0 && !sends && !state.off();
  }

  private boolean isIdle(LaneState state) {
    return open && state.waiting() > 0 && state.inFlight() == 0 && !state.off();
  }

  private long staleAt(LaneState state) {
    long arrived = state.oldestArrivedNanos() - scenario.epochNanos();
    long from = lane.followsFlushes() ? Math.max(arrived, flushExpectedAt) : arrived;
    long staleAt = Math.max(openedAt, from + lane.plan().batching().staleness().toNanos());
    // On a starved machine each wait ends too late, and the first one after a batch postpones the
    // send as a thaw does.
    return scheduler.isExact()
        ? staleAt
        : staleAt + graces * THAW_GRACE_NANOS + scheduler.lost() - lostWhenEmpty;
  }
}
