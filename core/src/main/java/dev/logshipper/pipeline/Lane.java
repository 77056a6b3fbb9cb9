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

  private final RejectionGrace grace;
  private final RejectionSearch rejectionSearch = new RejectionSearch();
  private final MemoryBound memory;
  private long heldBytes;
  private long acceptances;
  private @Nullable PoisonSearch poisonSearch;
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
    this.grace = new RejectionGrace(retries.rejectGrace().toNanos());
    this.memory = memory;
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
    if (handover != null) {
      handover.everything();
      return;
    }
    for (InFlight batch : List.copyOf(queue.inFlight())) {
      drop(batch, DropReason.SINK_OFF);
    }
    while (!queue.isEmpty()) {
      dropOldest(DropReason.SINK_OFF);
    }
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

  private void dropOversized(InFlight batch) {
    List<Entry> entries = queue.keepInFlight(batch, List.of());
    if (handover == null) {
      counts.dropped(DropReason.OVERSIZED, entries.size());
      memory.release(entries);
    } else {
      entries.forEach(handover::oversized);
    }
  }

  /// Drops the oldest records that are neither attempted nor prepared; there must be some.
  void dropForRoom() {
    InFlight untaken = queue.untaken();
    if (untaken == null || untaken.firstSequence() > queue.oldestSequence()) {
      dropOldest(DropReason.OVERFLOW);
    } else {
      counts.dropped(DropReason.OVERFLOW, untaken.size());
      memory.release(queue.keepInFlight(untaken, List.of()));
    }
  }

  void dropOldest(DropReason reason) {
    counts.dropped(reason, 1);
    memory.release(List.of(queue.removeOldest()));
  }

  /// Moves a batch in flight.
  ///
  /// @param bytesMax limits its size in addition to the lane's target
  /// @return null when all records that waited exceeded the sink's limit and were dropped
  @Nullable InFlight startBatch(BatchLimits limits, long bytesMax, Supplier<String> batchIds) {
    List<Entry> oversized = new ArrayList<>();
    long targetBytes = Math.min(trigger.startBatch(), bytesMax);
    List<Entry> entries = queue.takeBatch(limits, targetBytes, oversized);
    if (handover == null) {
      counts.dropped(DropReason.OVERSIZED, oversized.size());
      memory.release(oversized);
    } else {
      oversized.forEach(handover::oversized);
    }
    if (entries.isEmpty()) {
      return null;
    }
    if (costs != null && poisonSearch == null) {
      costs.starting(this, entries, limits);
    }
    if (ownLines != null && ownLines.size() > ownLinesAdded && poisonSearch == null) {
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
        dropOversized(batch);
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

  /// The destination responded to a batch: some records are to be sent again, some are rejected,
  /// and all others are delivered.
  void responded(InFlight batch, List<Integer> again, List<Integer> rejected) {
    List<Entry> declined = new ArrayList<>(rejected.size());
    for (int index : rejected) {
      declined.add(batch.entries.get(index));
    }
    List<Entry> finished = new ArrayList<>(queue.keepInFlight(batch, again));
    finished.removeAll(declined);
    counts.delivered += finished.size();
    rejectionSearch.accepted(finished.size());
    if (handover == null) {
      counts.dropped(DropReason.REJECTED, declined.size());
      memory.release(declined);
    } else {
      declined.forEach(handover::one);
    }
    accepted(batch);
    if (costs != null) {
      costs.delivered(finished);
    }
    memory.release(finished);
  }

  /// The destination rejected a batch, and need not be left alone. Returns whether it was halved.
  boolean rejected(InFlight batch, boolean mayHalve) {
    accepted(batch);
    boolean halved = mayHalve && rejectionSearch.halves(batch, counts.delivered > 0, queue);
    if (!halved) {
      drop(batch, DropReason.REJECTED);
    }
    return halved;
  }

  /// Counts a failure of a batch.
  ///
  /// @return whether the lane backs off, goes on, or drops the batch
  PoisonSearch.Next failed(
      InFlight batch, int weight, boolean isClosing, long nowNanos, long attemptNanos) {
    if (batch.failures == 0 && !batch.isSetAside) {
      batch.acceptancesSeen = acceptances;
    }
    batch.failures += weight;
    return poisonSearch == null && batch.failures < PoisonSearch.FAILURES_MAX
        ? PoisonSearch.Next.BACK_OFF
        : suspects().failed(batch, weight, isClosing, nowNanos, attemptNanos);
  }

  /// Whether the lane need not back off though some records of a batch are to be sent again.
  boolean goesOnWith(InFlight batch, long nowNanos) {
    return poisonSearch != null && poisonSearch.shrunk(batch, nowNanos);
  }

  private void accepted(InFlight batch) {
    acceptances++;
    batch.failures = 0;
    backoff.succeeded();
    grace.accepted();
  }

  /// The endpoint rejected a batch as it would any other.
  ///
  /// @return whether the batch is kept, to be tried again
  boolean keepsRejected(InFlight batch, long nowNanos) {
    boolean kept =
        counts.delivered > 0
            && (batch.isSetAside
                ? grace.isGranted()
                : grace.keeps(batch == queue.firstInOrder(), nowNanos));
    if (!kept) {
      backoff.succeeded();
      drop(batch, DropReason.REJECTED);
    }
    return kept;
  }

  /// Replaces the records of a batch that was not yet attempted by the redacted ones.
  ///
  /// @param kept indexes of the records that are shipped; the others are withheld
  void redacted(InFlight batch, List<LogRecord> records, List<Integer> kept) {
    batch.isRedacted = true;
    List<Entry> withheld =
        kept.size() == batch.size() ? List.of() : queue.keepInFlight(batch, kept);
    counts.dropped(DropReason.WITHHELD, withheld.size());
    memory.release(withheld);
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

  /// Drops a batch in flight, unless the next lane of the chain takes it.
  void drop(InFlight batch, DropReason reason) {
    if (handover != null) {
      handover.batch(batch);
      return;
    }
    counts.dropped(reason, batch.size());
    memory.release(queue.keepInFlight(batch, List.of()));
  }

  /// The number of results with which the destination proved to work: it delivered some records, or
  /// rejected some for what they are.
  long acceptances() {
    return acceptances;
  }

  /// Creates the search with the first suspect.
  private PoisonSearch suspects() {
    if (poisonSearch == null) {
      poisonSearch = new PoisonSearch(this);
    }
    return poisonSearch;
  }

  /// The search for records that the destination fails with; null while no batch fails often.
  @Nullable PoisonSearch poisonSearch() {
    return poisonSearch;
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
        || (!isAttempting && poisonSearch != null && poisonSearch.isExhausted());
  }

  LaneLedger ledger() {
    return counts.ledger(
        config.name(), queue.undelivered(), handover == null ? 0 : handover.records());
  }
}
