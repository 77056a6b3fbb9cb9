package dev.logshipper.pipeline;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/// The state of one sink's lane: its records, when they become a batch, how its destination
/// responds, and its ledger. Guarded by the buffer's lock.
final class Lane {
  final LaneConfig config;
  final LaneQueue queue = new LaneQueue();
  final BatchTrigger trigger;
  final Backoff backoff;
  final SmoothedLatency latency = new SmoothedLatency();
  private final MemoryBound memory;
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
  private long received;
  private long delivered;
  private long requests;
  private long retries;
  private boolean off;
  private boolean warm;

  /// @param memory of the buffer
  /// @param random uniform in [0, 1)
  Lane(LaneConfig config, MemoryBound memory, DoubleSupplier random) {
    this.config = config;
    this.trigger = new BatchTrigger(config.batching(), queue);
    this.backoff = new Backoff(config.retryInterval(), random);
    this.memory = memory;
  }

  /// Whether a record is for this lane.
  boolean wants(LogRecord record) {
    return config.unwanted().isEmpty() || !config.unwanted().contains(record.category());
  }

  /// Whether the sink is prepared for its first send, or will not be.
  boolean isWarm() {
    return warm;
  }

  /// Whether there is a sink, and its destination is not known to be unreachable.
  boolean isReachable() {
    return !off && !backoff.isOpen();
  }

  /// Whether waiting for this lane until an instant can help.
  boolean canFinishBy(long nanos) {
    return !off && backoff.canFinishBy(nanos);
  }

  /// The sink has been prepared for its first send.
  void warmedUp() {
    warm = true;
  }

  /// Drops all records, now and in future: there is no usable sink.
  void switchOff() {
    off = true;
    warm = true;
    while (!queue.isEmpty()) {
      dropOldest(DropReason.SINK_OFF);
    }
  }

  /// Counts a record that this lane wants.
  ///
  /// @return whether the lane can send it
  boolean receive() {
    received++;
    if (off) {
      dropped(DropReason.SINK_OFF, 1);
    }
    return !off;
  }

  void dropOldest(DropReason reason) {
    dropped(reason, 1);
    memory.release(List.of(queue.removeOldest()));
  }

  void dropped(DropReason reason, int records) {
    if (records > 0) {
      dropped.merge(reason, (long) records, Long::sum);
    }
  }

  /// Moves a batch in flight.
  ///
  /// @return its records; none when all that waited exceeded the sink's limit and were dropped
  List<LogRecord> startBatch(BatchLimits limits) {
    List<Entry> oversized = new ArrayList<>();
    queue.startBatch(limits, trigger.startBatch(), oversized);
    dropped(DropReason.OVERSIZED, oversized.size());
    memory.release(oversized);
    List<LogRecord> records = new ArrayList<>(queue.inFlight().size());
    for (Entry entry : queue.inFlight()) {
      records.add(entry.record);
    }
    return records;
  }

  /// An attempt to send begins.
  ///
  /// @param retry whether it repeats one that failed
  void requested(boolean retry) {
    requests++;
    retries += retry ? 1 : 0;
  }

  /// The destination responded to the batch in flight: some records are to be sent again, some are
  /// rejected, and all others are delivered.
  void responded(List<Integer> again, List<Integer> rejected) {
    finish(queue.keepInFlight(again), rejected.size());
  }

  /// The destination rejected the batch in flight. It responds, so there is no need to back off.
  void rejected() {
    List<Entry> finished = queue.keepInFlight(List.of());
    finish(finished, finished.size());
  }

  private void finish(List<Entry> finished, int rejected) {
    delivered += finished.size() - rejected;
    dropped(DropReason.REJECTED, rejected);
    backoff.succeeded();
    memory.release(finished);
  }

  LaneLedger ledger() {
    return new LaneLedger(
        config.name(), received, delivered, dropped, queue.undelivered(), requests, retries);
  }
}
