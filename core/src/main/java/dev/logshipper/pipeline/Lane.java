package dev.logshipper.pipeline;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The state of one sink's lane: its records, when they become a batch, how its destination
/// responds, and its ledger. Guarded by the buffer's lock.
final class Lane {
  final LaneConfig config;
  final LaneQueue queue = new LaneQueue();
  final LaneCounts counts = new LaneCounts();
  final BatchTrigger trigger;
  final Backoff backoff;
  final SmoothedLatency latency = new SmoothedLatency();
  final CurrentAttempt attempt = new CurrentAttempt(latency);
  final LaneExit exit;
  final LaneResponses responses;

  /// The costs of its deliveries; null while nothing reports them.
  @Nullable LaneCosts costs;

  /// Lines of the extension itself to add to batches, a list that grows; null for none.
  @Nullable List<LogRecord> ownLines;

  /// How many of them are in batches.
  int ownLinesAdded;

  /// Whether a batch is being sent.
  boolean isAttempting;

  /// Whether the shutdown makes no more attempts: the destination asked to wait for longer than it
  /// lasts.
  private boolean isGivenUp;

  private final MemoryBound memory;
  private long heldBytes;
  private @Nullable Handover handover;
  private boolean off;
  private boolean warm;

  /// @param memory of the buffer
  /// @param random uniform in [0, 1)
  Lane(LaneConfig config, MemoryBound memory, DoubleSupplier random) {
    this.config = config;
    this.trigger = new BatchTrigger(config.batching(), queue);
    LaneConfig.Retries retries = config.retries();
    this.backoff = new Backoff(retries.interval(), retries.waitMax(), random);
    this.memory = memory;
    this.exit = new LaneExit(this, memory);
    RejectionGrace grace = new RejectionGrace(retries.rejectGrace().toNanos());
    this.responses = new LaneResponses(this, memory, grace);
  }

  /// Names the next lane of the chain, which receives the batches that this one cannot take.
  void fallBackOn(Lane next) {
    handover = new Handover(this, next, memory);
  }

  /// Gives batches to the next lane of the chain; null when there is none.
  @Nullable Handover handover() {
    return handover;
  }

  /// Whether the next lane of the chain is to send what waits.
  boolean mustHandOver(long nowNanos) {
    return handover != null
        && (off
            || isGivenUp
            || handover.isRequested()
            || (backoff.isOpen() && backoff.nanosLeft(nowNanos) > 0));
  }

  /// Chooses records for the lane's thread to redact before the next lane receives them; null when
  /// there are none.
  @Nullable InFlight prepareHandover(Supplier<String> batchIds) {
    return handover == null ? null : handover.prepare(batchIds);
  }

  /// The lane's thread has redacted the records that it chose last.
  void handOverPrepared() {
    if (handover != null) {
      handover.prepared();
    }
  }

  /// Whether the lane ships all records that it wants, as they arrive.
  boolean isOpen() {
    return !config.chain().isStandby() && config.control().isOpen();
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

  /// The first lane of the chain, from this one on, that is reachable; null when there is none.
  @Nullable Lane firstReachable() {
    if (isReachable()) {
      return this;
    }
    return handover == null ? null : handover.to().firstReachable();
  }

  /// Whether waiting for this lane until an instant can help.
  boolean canFinishBy(long nanos) {
    boolean isHandingOver =
        handover != null && (handover.isInProgress() || (!isAttempting && !queue.isEmpty()));
    return isHandingOver || (!off && backoff.canFinishBy(nanos));
  }

  /// The sink has been prepared for its first send.
  void warmedUp() {
    warm = true;
  }

  /// Drops all records, now and in future: there is no usable sink.
  void switchOff() {
    off = true;
    warm = true;
    exit.removeAll();
  }

  /// Counts the records that did not pass the lane's filters and its recorder.
  void passed(LaneInlet.Passed passed) {
    counts.filtered(passed.filtered());
    counts.received += passed.overflowed();
    counts.dropped(DropReason.RECORDER_FULL, passed.overflowed());
    memory.hold(passed.heldBytes() - heldBytes);
    heldBytes = passed.heldBytes();
  }

  /// Counts a record that this lane wants.
  ///
  /// @return whether the lane can send it
  boolean receive() {
    counts.received++;
    if (!canSend()) {
      counts.dropped(DropReason.SINK_OFF, 1);
    }
    return canSend();
  }

  /// Whether the shutdown has a line to ship: one that no batch had, or a ledger with a loss.
  boolean hasOwnLines() {
    return ownLines != null && (ownLines.size() > ownLinesAdded || ledger().droppedTotal() > 0);
  }

  /// Whether there is no usable sink.
  boolean isOff() {
    return off;
  }

  /// Whether there is a sink, or a next lane of the chain.
  boolean canSend() {
    return !off || handover != null;
  }

  /// Moves a batch in flight.
  ///
  /// @param bytesMax limits its size in addition to the lane's target
  /// @return null when all records that waited exceeded the sink's limit and were dropped
  @Nullable InFlight startBatch(BatchLimits limits, long bytesMax, Supplier<String> batchIds) {
    List<Entry> oversized = new ArrayList<>();
    long targetBytes = Math.min(trigger.startBatch(), bytesMax);
    List<Entry> entries = queue.takeBatch(limits, targetBytes, oversized);
    exit.oversized(oversized);
    if (entries.isEmpty()) {
      return null;
    }
    boolean mayAdd = responses.poisonSearch() == null;
    if (costs != null && mayAdd) {
      costs.starting(this, entries, limits);
    }
    if (ownLines != null && ownLines.size() > ownLinesAdded && mayAdd) {
      OwnLines.join(this, ownLines, entries, limits, memory);
    }
    InFlight batch = InFlight.of(batchIds.get(), entries);
    batch.isTaken = true;
    queue.inFlight().add(batch);
    return batch;
  }

  /// Chooses a batch in flight for an attempt. One that was cut elsewhere may have to be halved.
  ///
  /// @return null when its first record exceeded the sink's limit, and was dropped
  @Nullable InFlight take(InFlight chosen, BatchLimits limits) {
    InFlight batch = chosen;
    while (!batch.isTaken && !LaneQueue.fits(batch, limits)) {
      if (batch.size() == 1) {
        exit.removeOversized(batch);
        return null;
      }
      batch = queue.halve(batch).getFirst();
    }
    batch.isTaken = true;
    return batch;
  }

  /// An attempt to send a batch begins.
  ///
  /// @param deadline counts the time that the environment is frozen meanwhile
  void requested(InFlight batch, long nowNanos, Deadline deadline) {
    attempt.begin(batch, nowNanos, deadline);
    counts.requests++;
    counts.retries += batch.isRetry ? 1 : 0;
    if (costs != null) {
      costs.requested(batch);
    }
  }

  /// Marks the attempt in progress as abandoned if an invocation was held for it in vain and it has
  /// lasted too long.
  ///
  /// @return whether to interrupt it
  boolean abandonAfterHold(long nowNanos) {
    return counts.delivered > 0 && attempt.abandonIfHung(nowNanos);
  }

  /// Replaces the records of a batch that was not yet attempted by the redacted ones.
  ///
  /// @param kept indexes of the records that are shipped; the others are withheld
  void redacted(InFlight batch, List<LogRecord> records, List<Integer> kept) {
    batch.isRedacted = true;
    List<Entry> withheld =
        kept.size() == batch.size() ? List.of() : queue.keepInFlight(batch, kept);
    exit.drop(withheld, DropReason.WITHHELD);
    if (!records.isEmpty()) {
      // The originals need no memory any more.
      List<Entry> entries = new ArrayList<>(records.size());
      for (int i = 0; i < records.size(); i++) {
        entries.add(withRecord(batch.entries.get(i), records.get(i)));
      }
      batch.entries = entries;
      batch.batch = new Batch(batch.batch.id(), records);
    }
  }

  /// The entry of another version of a record, in place of its own.
  Entry withRecord(Entry entry, LogRecord record) {
    if (entry.record == record) {
      return entry;
    }
    Entry other = new Entry(record, entry.sequence, entry.arrivedNanos, 1);
    memory.release(List.of(entry));
    memory.add(other);
    return other;
  }

  /// The shutdown makes no more attempts.
  void giveUp() {
    isGivenUp = true;
  }

  boolean isGivenUp() {
    return isGivenUp;
  }

  /// Whether the shutdown has nothing more to try.
  boolean isFinished() {
    return queue.undelivered() == 0
        || (isGivenUp && handover == null)
        || (!isAttempting && isSearchExhausted());
  }

  private boolean isSearchExhausted() {
    PoisonSearch search = responses.poisonSearch();
    return search != null && search.isExhausted();
  }

  LaneLedger ledger() {
    return counts.ledger(
        config.name(), queue.undelivered(), handover == null ? 0 : handover.records());
  }
}
