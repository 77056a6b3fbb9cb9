package dev.logshipper.pipeline;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives the batches that a lane cannot take to the next lane of its chain. Batches keep their ids,
/// since the outcome of an attempt may be unknown; each record is marked with the lane that it was
/// for. The lane's redaction has been applied to every record that it gives; the next lane's
/// filters are applied here, its redaction before it sends. Guarded by the buffer's lock.
final class Handover {
  /// The field of a record that names the first lane that could not take it.
  static final String MARK = "failover_from";

  /// Redacted at once while the function may be waiting.
  private static final int PREPARED_BYTES = 64 << 10;

  private static final BatchLimits ANY = BatchLimits.ofBytes(Integer.MAX_VALUE);

  private final Lane from;
  private final Lane to;
  private final MemoryBound memory;
  private final Map<String, String> mark;
  private long records;
  private boolean isRequested;
  private @Nullable InFlight preparing;
  private boolean preparesWaiting;

  Handover(Lane from, Lane to, MemoryBound memory) {
    this.from = from;
    this.to = to;
    this.memory = memory;
    this.mark = Map.of(MARK, from.config.name());
  }

  /// The next lane of the chain.
  Lane to() {
    return to;
  }

  /// Records given to the next lane so far.
  long records() {
    return records;
  }

  /// Whether the lane is to give more records now, or is just preparing some.
  boolean isInProgress() {
    return preparing != null || (isRequested && !isEmpty());
  }

  private boolean isEmpty() {
    return from.queue.isEmpty() && from.queue.untaken() == null;
  }

  /// Gives a batch in flight.
  void batch(InFlight batch) {
    from.queue.inFlight().remove(batch);
    List<Entry> passing = new ArrayList<>(batch.size());
    for (Entry entry : batch.entries) {
      Entry copy = given(entry);
      if (copy != null) {
        passing.add(copy);
      }
    }
    if (passing.isEmpty()) {
      return;
    }
    InFlight taken = InFlight.of(batch.batch.id(), passing);
    to.queue.inFlight().add(taken);
    to.trigger.request(passing.getLast().sequence);
    if (!to.canSend()) {
      to.exit.remove(taken, DropReason.SINK_OFF);
    }
  }

  /// Gives one record that is no longer in the lane's queue, to be sent at once.
  void one(Entry entry) {
    Entry copy = given(entry);
    if (copy != null) {
      to.queue.add(copy);
      to.trigger.request(copy.sequence);
      if (!to.canSend()) {
        to.exit.dropOldest(DropReason.SINK_OFF);
      }
    }
  }

  /// Gives a record that no send of the lane may carry. Called by the lane's thread.
  ///
  /// @param entry no longer in the lane's queue
  void oversized(Entry entry) {
    LaneControl.Redaction redaction = from.config.control().redaction();
    LogRecord record = redaction == null ? entry.record : redaction.redact(entry.record);
    if (record == null) {
      from.exit.drop(List.of(entry), DropReason.WITHHELD);
    } else {
      one(from.withRecord(entry, record));
    }
  }

  /// Gives everything that is not being attempted: batches that were attempted now, and the others
  /// as soon as the lane's thread has redacted them.
  void everything() {
    for (InFlight batch : List.copyOf(from.queue.inFlight())) {
      if (batch.isTaken) {
        batch(batch);
      }
    }
    // Records that arrive later are not given: the lane may work again.
    isRequested = !isEmpty();
  }

  /// Whether the lane's thread must [#prepare] records now.
  boolean isRequested() {
    return isRequested;
  }

  /// Chooses records for the lane's thread to redact: a batch of another lane or of an earlier
  /// process, or the oldest waiting records.
  ///
  /// @return null when there are none
  @Nullable InFlight prepare(Supplier<String> batchIds) {
    InFlight batch = from.queue.untaken();
    preparesWaiting = batch == null && !from.queue.isEmpty();
    if (preparesWaiting) {
      List<Entry> oldest = from.queue.takeBatch(ANY, PREPARED_BYTES, new ArrayList<>(0));
      batch = InFlight.of(batchIds.get(), oldest);
      from.queue.inFlight().add(batch);
    }
    if (batch == null) {
      isRequested = false;
    } else {
      batch.isTaken = true;
    }
    preparing = batch;
    return batch;
  }

  /// Gives the records that were chosen last. Waiting ones do not stay together.
  void prepared() {
    InFlight batch = preparing;
    preparing = null;
    if (batch == null || !from.queue.inFlight().contains(batch)) {
      return;
    }
    if (preparesWaiting) {
      from.queue.inFlight().remove(batch);
      batch.entries.forEach(this::one);
    } else {
      batch(batch);
    }
  }

  /// Counts a record of the lane as given, and returns it as the next lane receives it; null if
  /// that one filters it out.
  private @Nullable Entry given(Entry entry) {
    memory.release(List.of(entry));
    records++;
    FilterReason reason =
        to.wants(entry.record) ? to.config.control().filtered(entry.record) : FilterReason.TYPE;
    if (reason != null) {
      to.counts.filtered(Map.of(reason, 1L));
      return null;
    }
    to.counts.received++;
    Entry copy = new Entry(marked(entry.record), entry.sequence, entry.arrivedNanos, 1);
    memory.add(copy);
    return copy;
  }

  private LogRecord marked(LogRecord record) {
    if (record.fields().isEmpty()) {
      return record.withFields(mark);
    }
    Map<String, String> fields = new LinkedHashMap<>(record.fields());
    fields.putIfAbsent(MARK, from.config.name());
    return record.withFields(fields);
  }
}
