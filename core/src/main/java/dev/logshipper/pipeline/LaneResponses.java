package dev.logshipper.pipeline;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The meaning of a destination's responses for the records of a lane: which are delivered, which
/// leave the lane, and which stay to be sent again. Guarded by the buffer's lock.
final class LaneResponses {
  private final Lane lane;
  private final MemoryBound memory;
  private final RejectionGrace grace;
  private final RejectionSearch rejectionSearch = new RejectionSearch();
  private long acceptances;
  private @Nullable PoisonSearch poisonSearch;

  LaneResponses(Lane lane, MemoryBound memory, RejectionGrace grace) {
    this.lane = lane;
    this.memory = memory;
    this.grace = grace;
  }

  /// The destination responded to a batch: some records are to be sent again, some are rejected,
  /// and all others are delivered.
  void responded(InFlight batch, List<Integer> again, List<Integer> rejected) {
    List<Entry> declined = new ArrayList<>(rejected.size());
    for (int index : rejected) {
      declined.add(batch.entries.get(index));
    }
    List<Entry> finished = new ArrayList<>(lane.queue.keepInFlight(batch, again));
    finished.removeAll(declined);
    lane.counts.delivered += finished.size();
    rejectionSearch.accepted(finished.size());
    lane.exit.rejected(declined);
    accepted(batch);
    if (lane.costs != null) {
      lane.costs.delivered(finished);
    }
    memory.release(finished);
  }

  /// The destination rejected a batch, and need not be left alone. Returns whether it was halved.
  boolean rejected(InFlight batch, boolean mayHalve) {
    accepted(batch);
    boolean halved =
        mayHalve && rejectionSearch.halves(batch, lane.counts.delivered > 0, lane.queue);
    if (!halved) {
      lane.exit.remove(batch, DropReason.REJECTED);
    }
    return halved;
  }

  /// The endpoint rejected a batch as it would any other.
  ///
  /// @return whether the batch is kept, to be tried again
  boolean keepsRejected(InFlight batch, long nowNanos) {
    boolean kept =
        lane.counts.delivered > 0
            && (batch.isSetAside
                ? grace.isGranted()
                : grace.keeps(batch == lane.queue.firstInOrder(), nowNanos));
    if (!kept) {
      lane.backoff.succeeded();
      lane.exit.remove(batch, DropReason.REJECTED);
    }
    return kept;
  }

  /// Counts a failure of a batch.
  ///
  /// @return whether the lane backs off, goes on, or drops the batch
  PoisonSearch.Next failed(
      InFlight batch, int weight, boolean isClosing, long nowNanos, long attemptNanos) {
    if (batch.failures == 0 && !batch.isSetAside) {
      batch.acceptancesSeen = acceptances;
    }
    batch.failures += weight;
    return poisonSearch == null && batch.failures < PoisonSearch.FAILURES_MAX
        ? PoisonSearch.Next.BACK_OFF
        : suspects().failed(batch, weight, isClosing, nowNanos, attemptNanos);
  }

  /// Whether the lane need not back off though some records of a batch are to be sent again.
  boolean goesOnWith(InFlight batch, long nowNanos) {
    return poisonSearch != null && poisonSearch.shrunk(batch, nowNanos);
  }

  /// The number of results with which the destination proved to work: it delivered some records, or
  /// rejected some for what they are.
  long acceptances() {
    return acceptances;
  }

  /// The search for records that the destination fails with; null while no batch fails often.
  @Nullable PoisonSearch poisonSearch() {
    return poisonSearch;
  }

  /// Creates the search with the first suspect.
  private PoisonSearch suspects() {
    if (poisonSearch == null) {
      poisonSearch = new PoisonSearch(lane);
    }
    return poisonSearch;
  }

  private void accepted(InFlight batch) {
    acceptances++;
    batch.failures = 0;
    lane.backoff.succeeded();
    grace.accepted();
  }
}
