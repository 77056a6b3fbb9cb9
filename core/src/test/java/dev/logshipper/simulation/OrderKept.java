package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;

/// Records are sent in the order received: no batch contains a record that was received before one
/// of an earlier batch.
final class OrderKept extends LaneInvariant {

  OrderKept(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    if (lane.sends().origin() != LaneSends.Origin.NEW) {
      return;
    }
    for (LogRecord record : batch.records()) {
      if (!lane.received().isNext(record.text())) {
        violated(batch + " contains a record that was passed over");
        return;
      }
    }
  }
}
