package dev.logshipper.pipeline;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives the batches that a lane cannot take to the next lane of its chain. Batches keep their ids,
/// since the outcome of an attempt may be unknown; each record is marked with the lane that it was
/// for. Guarded by the buffer's lock.
final class Handover {
  /// The field of a record that names the first lane that could not take it.
  static final String MARK = "failover_from";

  private final Lane from;
  private final Lane to;
  private final MemoryBound memory;
  private long records;

  Handover(Lane from, Lane to, MemoryBound memory) {
    this.from = from;
    this.to = to;
    this.memory = memory;
  }

  /// Records given to the next lane so far.
  long records() {
    return records;
  }

  /// Gives a batch in flight.
  void batch(InFlight batch) {
    from.queue.inFlight().remove(batch);
    records += batch.size();
    List<LogRecord> marked = new ArrayList<>(batch.size());
    for (LogRecord record : batch.batch.records()) {
      marked.add(marked(record));
    }
    InFlight taken = new InFlight(new Batch(batch.batch.id(), marked), batch.entries);
    to.counts.received += taken.size();
    to.queue.inFlight().add(taken);
    if (to.isOff()) {
      to.drop(taken, DropReason.SINK_OFF);
    }
  }

  /// Gives all waiting records, to be sent at once.
  void waiting() {
    while (!from.queue.isEmpty()) {
      one(from.queue.removeOldest());
    }
  }

  /// Gives one record that has left the queue.
  void one(Entry entry) {
    memory.release(List.of(entry));
    Entry copy = new Entry(marked(entry.record), entry.sequence, entry.arrivedNanos, 1);
    memory.add(copy);
    records++;
    to.counts.received++;
    to.queue.add(copy);
    to.trigger.request(copy.sequence);
    if (!to.canSend()) {
      to.dropOldest(DropReason.SINK_OFF);
    }
  }

  /// Gives everything that is not being attempted.
  void everything() {
    for (InFlight batch : List.copyOf(from.queue.inFlight())) {
      batch(batch);
    }
    waiting();
  }

  private LogRecord marked(LogRecord record) {
    Map<String, String> fields = new LinkedHashMap<>(record.fields());
    fields.putIfAbsent(MARK, from.config.name());
    return record.withFields(fields);
  }
}
