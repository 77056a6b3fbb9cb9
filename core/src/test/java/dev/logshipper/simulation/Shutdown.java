package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The invariants of the end of an environment, and of the deadlines of sends.
///
/// | invariant | precisely |
/// | --- | --- |
/// | the shutdown ends inside its window | within 50 ms after 1.4 s or 300 ms before the kill, whichever comes first |
/// | a send has a deadline | 60 s, and the end of the shutdown for those that it begins |
/// | no send begins when the time is over | not after the end of the shutdown |
final class Shutdown {
  private static final long MILLI = 1_000_000;
  private static final long MARGIN = 300 * MILLI;
  private static final long LONGEST = 1_400 * MILLI;
  private static final long CLOSE_GRACE = 50 * MILLI;
  private static final long SEND_MAX = 60_000 * MILLI;

  private final Scenario scenario;
  private final SimulatedScheduler scheduler;
  private final List<LaneOracle> oracles;
  private final boolean[] healthy;
  private final Set<String> batches = new HashSet<>();
  private boolean draining;
  private long lostBefore;
  private long endNanos;

  Shutdown(Scenario scenario, SimulatedScheduler scheduler, List<LaneOracle> oracles) {
    this.scenario = scenario;
    this.scheduler = scheduler;
    this.oracles = oracles;
    this.healthy = new boolean[oracles.size()];
  }

  /// The extension has read that the environment ends.
  void begins(long deadlineNanos) {
    draining = true;
    long sinceNanos = scheduler.now();
    lostBefore = scheduler.lost();
    long end = Math.min(deadlineNanos - MARGIN, sinceNanos + LONGEST);
    endNanos = Math.max(sinceNanos, end);
    for (int i = 0; i < oracles.size(); i++) {
      Scenario.Lane lane = scenario.lanes().get(i);
      boolean isHealthy = lane.faultPercent() == 0 || lane.healthyFromNanos() <= sinceNanos;
      healthy[i] = isHealthy && !oracles.get(i).isSending();
      oracles.get(i).shutDown();
    }
  }

  void ends() {
    checkTime();
    draining = false;
  }

  /// Whether a lane's destination was healthy at its beginning, with no send from worse times.
  boolean wasHealthy(int lane) {
    return healthy[lane];
  }

  void checkTime() {
    if (draining && scheduler.now() > endNanos + CLOSE_GRACE + lost()) {
      scheduler.breaks("the shutdown ends inside its window", "it has not ended");
    }
  }

  /// The pipeline cuts a batch while it is being closed.
  void cutsBatch(String id) {
    batches.add(id);
  }

  void sendBegins(Batch batch, Deadline deadline) {
    long left = deadline.remainingNanos();
    boolean last = draining && batches.contains(originalId(batch));
    if (left > SEND_MAX || (last && left > Math.max(0, endNanos - scheduler.now()))) {
      scheduler.breaks("a send has a deadline", batch + " has " + left / MILLI + " ms");
    }
    if (draining && scheduler.now() > endNanos + lost()) {
      scheduler.breaks("no send begins when the time is over", batch.toString());
    }
  }

  /// Without the number that a remainder appends.
  private static String originalId(Batch batch) {
    int dot = batch.id().indexOf('.');
    return dot < 0 ? batch.id() : batch.id().substring(0, dot);
  }

  private long lost() {
    return scheduler.lost() - lostBefore;
  }
}
