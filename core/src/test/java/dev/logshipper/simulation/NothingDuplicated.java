package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import java.util.HashMap;
import java.util.Map;

/// No record is in two batches, except in a repetition or a remainder of its batch.
final class NothingDuplicated extends LaneInvariant {

  private final Map<Integer, Integer> batched = new HashMap<>();

  NothingDuplicated(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    if (lane.sends().origin() != LaneSends.Origin.NEW) {
      return;
    }
    for (LogRecord record : batch.records()) {
      int number = PlatformEvent.numberIn(record.text());
      if (batched.merge(number, 1, Integer::sum) > lane.received().copies(number)) {
        violated(batch + " contains record " + number + " again");
        return;
      }
    }
  }
}
