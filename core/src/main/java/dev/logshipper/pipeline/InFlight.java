package dev.logshipper.pipeline;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.List;

/// A batch that has left the waiting records and is neither delivered nor dropped. Guarded by the
/// buffer's lock.
final class InFlight {
  Batch batch;
  List<Entry> entries;

  /// Whether an attempt was abandoned because an invocation was held for it in vain.
  boolean wasAbandoned;

  /// Whether the lane's redaction was applied.
  boolean isRedacted;

  /// Whether the lane has chosen it for an attempt, or prepares it for the next lane. Until then it
  /// may be dropped, like waiting records.
  boolean isTaken;

  /// Whether it comes from the spool of an earlier process.
  boolean isRestored;

  /// Whether its next attempt repeats one that failed.
  boolean isRetry;

  /// Failures in a row, weighted by [PoisonSearch].
  int failures;

  /// The destination's acceptances when the batch failed for the first time, or when another batch
  /// last proved that it works.
  long acceptancesSeen;

  /// Whether it has failed as a probe.
  boolean isProbed;

  /// Whether other batches overtake it: it failed while the destination accepted others.
  boolean isSetAside;

  /// Failures of a batch that is set aside.
  int failuresAside;

  /// The weighted failures of a batch that is set aside, each after an acceptance of another one.
  int provenFailures;

  /// The latest attempt with a batch that is set aside.
  long attemptedNanos;

  /// A batch that is set aside is not attempted before this instant.
  long notBeforeNanos;

  /// Whether it is half of a batch that is set aside, and not yet attempted by itself.
  boolean isUntried;

  /// Whether the shutdown has attempted a batch that is set aside.
  boolean isTriedWhileClosing;

  /// A batch of these records under an id.
  static InFlight of(String id, List<Entry> entries) {
    List<LogRecord> records = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      records.add(entry.record);
    }
    return new InFlight(new Batch(id, records), entries);
  }

  InFlight(Batch batch, List<Entry> entries) {
    this.batch = batch;
    this.entries = entries;
  }

  /// The two halves, as batches of their own. Those of a batch that is set aside are, too.
  List<InFlight> halves() {
    int middle = size() / 2;
    List<Batch> batches = batch.split(middle);
    InFlight older = new InFlight(batches.getFirst(), entries.subList(0, middle));
    InFlight newer = new InFlight(batches.getLast(), entries.subList(middle, size()));
    for (InFlight half : List.of(older, newer)) {
      half.isRetry = isRetry || isTaken;
      half.isTaken = isTaken;
      half.isRestored = isRestored;
      half.isRedacted = isRedacted;
      half.attemptedNanos = attemptedNanos;
      half.isSetAside = isSetAside;
      half.isUntried = isSetAside;
      half.notBeforeNanos = notBeforeNanos;
    }
    return List.of(older, newer);
  }

  int size() {
    return entries.size();
  }

  long firstSequence() {
    return entries.getFirst().sequence;
  }
}
