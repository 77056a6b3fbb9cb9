package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import java.util.List;

/// A batch that is not finished is followed by the records that it still owes: after a retry, all
/// of them under the same id; after the delivery or rejection of some, the others under a new id
/// that is derived from it.
final class RetryRepeatsBatch extends LaneInvariant {

  RetryRepeatsBatch(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    List<LogRecord> unfinished = lane.sends().unfinished();
    if (!unfinished.isEmpty()
        && !(Records.areSame(unfinished, batch.records()) && isExpectedId(batch))) {
      violated(lane.sends().batchId() + " is followed by " + batch);
    }
  }

  private boolean isExpectedId(Batch batch) {
    String previous = lane.sends().batchId();
    return lane.sends().isRemainder()
        ? !batch.id().equals(previous) && batch.id().startsWith(LaneSends.withoutSuffix(previous))
        : batch.id().equals(previous);
  }
}
