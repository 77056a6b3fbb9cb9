package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;

/// A batch is within the limits of its sink.
final class LimitsKept extends LaneInvariant {

  LimitsKept(SimulatedLane lane, SimulatedScheduler scheduler) {
    super(lane, scheduler);
  }

  @Override
  public void sendStarted(Batch batch, Deadline deadline) {
    BatchLimits limits = lane.plan().limits();
    int overhead = limits.recordOverheadBytes();
    long bytes = batch.contentBytes() + (long) overhead * batch.records().size();
    boolean tooLarge = bytes > limits.bytesMax() || batch.records().size() > limits.recordsMax();
    for (LogRecord record : batch.records()) {
      tooLarge |= record.sizeBytes() + overhead > limits.recordBytesMax();
    }
    if (tooLarge) {
      violated(batch + " exceeds " + limits);
    }
  }
}
