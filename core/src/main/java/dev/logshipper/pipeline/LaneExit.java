package dev.logshipper.pipeline;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import java.util.List;

/// The way out of a lane for records that it does not deliver: the next lane of its chain receives
/// them; where there is none, they are dropped and counted. Guarded by the buffer's lock.
final class LaneExit {
  private final Lane lane;
  private final MemoryBound memory;

  LaneExit(Lane lane, MemoryBound memory) {
    this.lane = lane;
    this.memory = memory;
  }

  /// Removes a batch in flight.
  void remove(InFlight batch, DropReason reason) {
    Handover handover = lane.handover();
    if (handover == null) {
      drop(lane.queue.keepInFlight(batch, List.of()), reason);
    } else {
      handover.batch(batch);
    }
  }

  /// Removes a batch in flight that is one record, larger than any send may carry.
  void removeOversized(InFlight batch) {
    oversized(lane.queue.keepInFlight(batch, List.of()));
  }

  /// Records that no send may carry, and that are in no batch.
  void oversized(List<Entry> entries) {
    Handover handover = lane.handover();
    if (handover == null) {
      drop(entries, DropReason.OVERSIZED);
    } else {
      entries.forEach(handover::oversized);
    }
  }

  /// Records that the destination rejected, and that are in no batch any more.
  void rejected(List<Entry> entries) {
    Handover handover = lane.handover();
    if (handover == null) {
      drop(entries, DropReason.REJECTED);
    } else {
      entries.forEach(handover::one);
    }
  }

  /// Removes all records: the lane has no usable sink.
  void removeAll() {
    Handover handover = lane.handover();
    if (handover != null) {
      handover.everything();
      return;
    }
    for (InFlight batch : List.copyOf(lane.queue.inFlight())) {
      remove(batch, DropReason.SINK_OFF);
    }
    while (!lane.queue.isEmpty()) {
      dropOldest(DropReason.SINK_OFF);
    }
  }

  /// Drops the oldest records that are neither attempted nor prepared; there must be some.
  void dropForRoom() {
    InFlight untaken = lane.queue.untaken();
    if (untaken == null || untaken.firstSequence() > lane.queue.oldestSequence()) {
      dropOldest(DropReason.OVERFLOW);
    } else {
      drop(lane.queue.keepInFlight(untaken, List.of()), DropReason.OVERFLOW);
    }
  }

  /// Drops the oldest waiting record; there must be one.
  void dropOldest(DropReason reason) {
    drop(List.of(lane.queue.removeOldest()), reason);
  }

  /// Drops records that are neither waiting nor in flight any more.
  void drop(List<Entry> entries, DropReason reason) {
    lane.counts.dropped(reason, entries.size());
    memory.release(entries);
  }
}
