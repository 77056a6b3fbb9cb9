package dev.logshipper.pipeline;

import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Adds a record about the pipeline to a batch of each lane, once per period. A lane without a
/// batch gets none until it has one, so that these records cause no request, except for the last
/// ones: those are sent at the shutdown. Guarded by the buffer's lock.
final class HealthFeed {
  private final List<Lane> lanes;
  private final RecordBuffer buffer;
  private final MemoryBound memory;
  private final HealthFormat format;
  private final long intervalNanos;
  private final LongSupplier nanoClock;
  private long heldNanos;
  private boolean isClosing;

  HealthFeed(
      List<Lane> lanes,
      RecordBuffer buffer,
      MemoryBound memory,
      HealthFormat format,
      Duration interval,
      LongSupplier nanoClock) {
    this.lanes = List.copyOf(lanes);
    this.buffer = buffer;
    this.memory = memory;
    this.format = format;
    this.intervalNanos = interval.toNanos();
    this.nanoClock = nanoClock;
    for (Lane lane : lanes) {
      lane.costs = new LaneCosts(this, nanoClock.getAsLong() + intervalNanos);
    }
  }

  /// Counts the time for which an invocation was held.
  void held(long nanos) {
    heldNanos += nanos;
  }

  long now() {
    return nanoClock.getAsLong();
  }

  /// Adds the record that is due to a batch, if it has room.
  ///
  /// @param batch has left the waiting records and is not in flight yet
  void join(Lane lane, LaneCosts costs, List<Entry> batch, BatchLimits limits) {
    if (isClosing || now() - costs.dueNanos < 0 || lane.config.chain().isStandby()) {
      return;
    }
    PipelineHealth state = state(lane, batch.size());
    Entry entry =
        new Entry(format.record(state, costs.reported), batch.getLast().sequence, now(), 1);
    if (memory.fits(entry.costBytes()) && fits(entry.record, batch, limits)) {
      costs.reported(state, now() + intervalNanos);
      memory.add(entry);
      batch.add(entry);
      boolean _ = lane.receive();
    }
  }

  static boolean fits(LogRecord record, List<Entry> batch, BatchLimits limits) {
    long size = (long) record.sizeBytes() + limits.recordOverheadBytes();
    long bytes = size;
    for (Entry entry : batch) {
      bytes += (long) entry.record.sizeBytes() + limits.recordOverheadBytes();
    }
    return size <= limits.recordBytesMax()
        && bytes <= limits.bytesMax()
        && batch.size() < limits.recordsMax();
  }

  /// Appends the last record of each lane that can send one.
  void close() {
    isClosing = true;
    for (Lane lane : lanes) {
      LaneCosts costs = lane.costs;
      if (costs != null && !lane.config.chain().isStandby() && lane.canSend()) {
        LogRecord record = format.record(state(lane, 0), costs.reported);
        if (memory.fits((long) record.sizeBytes() + Entry.OVERHEAD_BYTES)) {
          buffer.append(record, lane);
        }
      }
    }
  }

  /// The state with one more record of a lane.
  ///
  /// @param leaving records of the lane that neither wait nor are in flight
  private PipelineHealth state(Lane receiver, int leaving) {
    List<LaneHealth> all = new ArrayList<>(lanes.size());
    for (Lane lane : lanes) {
      LaneLedger ledger = lane.ledger();
      LaneCosts costs = lane.costs;
      if (costs != null) {
        all.add(costs.health(lane == receiver ? ledger.plus(1, leaving + 1) : ledger, lane, now()));
      }
    }
    return new PipelineHealth(isClosing, heldNanos, all);
  }
}
