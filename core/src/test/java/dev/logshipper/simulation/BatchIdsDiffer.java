package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Batches with different records have different ids; a destination that stores a batch twice
/// recognizes the repetition.
final class BatchIdsDiffer extends LaneInvariant {

  private final Map<String, List<LogRecord>> batches = new HashMap<>();

  BatchIdsDiffer(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    List<LogRecord> before = batches.putIfAbsent(batch.id(), batch.records());
    boolean isRepetition = lane.sends().origin() == LaneSends.Origin.REPETITION;
    if (before != null && !(isRepetition && Records.areSame(before, batch.records()))) {
      violated("the id of " + batch + " was used before");
    }
  }
}
