package dev.logshipper.pipeline;

import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;

/// The state of one sink's lane: its records, when they become a batch, how its destination
/// responds, and its ledger. Guarded by the buffer's lock.
final class Lane {
  final LaneQueue queue = new LaneQueue();
  final BatchTrigger trigger;
  final Backoff backoff;
  final SmoothedLatency latency = new SmoothedLatency();
  final LaneCounts counts = new LaneCounts();
  private final String name;
  private final Set<String> unwanted;
  private final MemoryBound memory;
  private boolean off;

  /// @param memory of the buffer
  /// @param random uniform in [0, 1)
  Lane(LaneConfig options, MemoryBound memory, DoubleSupplier random) {
    this.name = options.name();
    this.unwanted = options.unwanted();
    this.trigger = new BatchTrigger(options.batching());
    this.backoff = new Backoff(options.retryInterval(), random);
    this.memory = memory;
  }

  /// Whether a record is for this lane.
  boolean wants(LogRecord record) {
    return unwanted.isEmpty() || !unwanted.contains(record.category());
  }

  boolean isOff() {
    return off;
  }

  /// Whether there is a sink, and its destination is not known to be unreachable.
  boolean isReachable() {
    return !off && !backoff.isOpen();
  }

  /// Whether waiting for this lane until an instant can help.
  boolean canFinishBy(long nanos) {
    return !off && backoff.canFinishBy(nanos);
  }

  /// Whether all requested records are delivered or dropped.
  boolean isFlushComplete() {
    return trigger.isRequestComplete(queue);
  }

  /// Drops all records, now and in future: there is no usable sink.
  void switchOff() {
    off = true;
    while (!queue.isEmpty()) {
      dropOldest(DropReason.SINK_OFF);
    }
  }

  void dropOldest(DropReason reason) {
    counts.dropped(reason, 1);
    memory.release(List.of(queue.removeOldest()));
  }

  /// Moves a batch in flight.
  ///
  /// @return its records; none when all that waited exceeded the sink's limit and were dropped
  List<LogRecord> startBatch(BatchLimits limits) {
    List<Entry> oversized = new ArrayList<>();
    queue.startBatch(limits, trigger.startBatch(), oversized);
    counts.dropped(DropReason.OVERSIZED, oversized.size());
    memory.release(oversized);
    List<LogRecord> records = new ArrayList<>(queue.inFlight().size());
    for (Entry entry : queue.inFlight()) {
      records.add(entry.record);
    }
    return records;
  }

  /// The destination responded to the batch in flight: some records are to be sent again, some are
  /// rejected, and all others are delivered.
  void responded(List<Integer> again, List<Integer> rejected) {
    List<Entry> finished = queue.keepInFlight(again);
    counts.delivered(finished.size() - rejected.size());
    finish(finished, rejected.size());
  }

  /// The destination rejected the batch in flight. It responds, so there is no need to back off.
  void rejected() {
    List<Entry> finished = queue.keepInFlight(List.of());
    finish(finished, finished.size());
  }

  private void finish(List<Entry> finished, int rejected) {
    counts.dropped(DropReason.REJECTED, rejected);
    backoff.succeeded();
    memory.release(finished);
  }

  LaneLedger ledger() {
    return counts.ledger(name, queue.undelivered());
  }
}
