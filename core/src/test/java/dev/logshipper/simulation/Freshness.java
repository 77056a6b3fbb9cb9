package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe;
import dev.logshipper.pipeline.BufferProbe.LaneState;
import dev.logshipper.sink.FlushMode;

/// Checks that a lane sends records before they become stale, unless a send or a backoff is in
/// progress. An expected flush restarts the age; a thaw postpones the send once per batch, briefly.
final class Freshness {
  private static final long THAW_GRACE_NANOS = 100_000_000;

  /// A wait that ends less late than this was no freeze, and does not use up the grace period.
  private static final long FREEZE_NANOS_MIN = 200_000_000;

  /// The arrival of no record.
  private static final long NO_RECORD = Long.MIN_VALUE;

  private final Scenario scenario;
  private final SimulatedScheduler scheduler;
  private final BufferProbe buffer;
  private final boolean[] open;
  private final long[] openedAt;
  private final long[] graceUntil;
  private final long[] graceTakenBy;
  private final int[] graces;
  private final long[] lostWhenEmpty;
  private long flushExpectedAt;
  private boolean shutDown;

  Freshness(Scenario scenario, SimulatedScheduler scheduler, BufferProbe buffer) {
    this.scenario = scenario;
    this.scheduler = scheduler;
    this.buffer = buffer;
    this.openedAt = new long[scenario.lanes().size()];
    this.open = new boolean[scenario.lanes().size()];
    this.graceUntil = new long[scenario.lanes().size()];
    this.graceTakenBy = new long[scenario.lanes().size()];
    this.graces = new int[scenario.lanes().size()];
    this.lostWhenEmpty = new long[scenario.lanes().size()];
  }

  void opened(int lane) {
    open[lane] = true;
    openedAt[lane] = scheduler.now();
  }

  void invoked() {
    FlushMode mode = scenario.flush().mode();
    if (mode == FlushMode.END || mode == FlushMode.AUTO) {
      flushExpectedAt = scheduler.now();
    }
  }

  /// From now on every record is sent that can be.
  void shutDown() {
    shutDown = true;
  }

  void batchCut(int lane) {
    graceTakenBy[lane] = NO_RECORD;
    graces[lane]++;
  }

  void thawed() {
    for (int i = 0; i < graceUntil.length; i++) {
      long oldest = buffer.lane(i).oldestArrivedNanos();
      long lateNanos = scheduler.now() - Math.max(staleAt(i), graceUntil[i]);
      if (isIdle(i) && lateNanos > 0 && graceTakenBy[i] != oldest) {
        graceUntil[i] = scheduler.now() + THAW_GRACE_NANOS;
        if (lateNanos > FREEZE_NANOS_MIN) {
          graceTakenBy[i] = oldest;
        }
      }
    }
  }

  void beforeTimeMoves() {
    if (scheduler.isFrozen() || shutDown) {
      return;
    }
    for (int i = 0; i < graceUntil.length; i++) {
      if (buffer.lane(i).waiting() == 0) {
        graceTakenBy[i] = NO_RECORD;
        graces[i] = 1;
        lostWhenEmpty[i] = scheduler.lost();
      } else if (isIdle(i) && scheduler.now() > Math.max(staleAt(i), graceUntil[i])) {
        scheduler.breaks("records do not become stale", scenario.lanes().get(i).name());
      }
    }
  }

  private boolean isIdle(int index) {
    LaneState lane = buffer.lane(index);
    return open[index] && lane.waiting() > 0 && lane.inFlight() == 0 && !lane.off();
  }

  private long staleAt(int index) {
    Scenario.Lane plan = scenario.lanes().get(index);
    long arrived = buffer.lane(index).oldestArrivedNanos() - scenario.epochNanos();
    long from =
        plan.batching().invocationsMax() == 0 ? Math.max(arrived, flushExpectedAt) : arrived;
    long staleAt = Math.max(openedAt[index], from + plan.batching().staleness().toNanos());
    // On a starved machine each wait ends too late, and the first one after a batch postpones the
    // send as a thaw does.
    return scenario.profile().isExact()
        ? staleAt
        : staleAt + graces[index] * THAW_GRACE_NANOS + scheduler.lost() - lostWhenEmpty[index];
  }
}
