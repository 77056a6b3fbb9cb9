package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;

/// A batch that is not finished is followed by the records that it still owes: after a retry, all
/// of them under the same id; after the delivery or rejection of some, the others under a new id
/// that is derived from it. Only one that failed often is overtaken, or halved.
final class RetryRepeatsBatch extends LaneInvariant {
  RetryRepeatsBatch(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    if (lane.sends().origin() == LaneSends.Origin.WRONG) {
      violated(batch + " follows from no other");
    }
    boolean isHalf = lane.sends().origin() == LaneSends.Origin.HALF;
    for (UnfinishedBatch other : lane.sends().unfinished()) {
      boolean overtakes = other != lane.sends().current() || isHalf;
      if (overtakes
          && isOldest(other)
          && other.allFailures() < UnfinishedBatch.FAILURES_TO_OVERTAKE) {
        violated(
            batch + " overtakes " + other.id() + " after " + other.allFailures() + " failures");
      }
    }
  }

  private boolean isOldest(UnfinishedBatch batch) {
    return batch == lane.sends().unfinished().getFirst();
  }
}
