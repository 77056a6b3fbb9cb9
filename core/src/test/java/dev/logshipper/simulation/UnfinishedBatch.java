package dev.logshipper.simulation;

import dev.logshipper.simulation.LaneSends.Origin;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import java.util.ArrayList;
import java.util.List;

/// A batch that a destination has received and not finished: the records that it still owes.
final class UnfinishedBatch {
  /// After a rejection that may concern any batch, another one is tried at once.
  static final int FAILURES_TO_OVERTAKE = 3;

  private String id;
  private List<LogRecord> records;
  private boolean isRemainder;
  private boolean isRetry;
  private int failures;
  private int allFailures;

  UnfinishedBatch(String id, List<LogRecord> records) {
    this.id = id;
    this.records = records;
  }

  /// How another batch follows from this one; [Origin#NEW] when it does not.
  Origin leadsTo(Batch batch) {
    if (Records.areSame(records, batch.records())) {
      boolean expected = isRemainder ? isDerived(batch.id()) : batch.id().equals(id);
      return expected ? isRemainder ? Origin.REMAINDER : Origin.REPETITION : Origin.WRONG;
    }
    for (UnfinishedBatch half : halves(wholeOf(batch))) {
      if (half.id.equals(batch.id()) && Records.areSame(half.records, batch.records())) {
        return Origin.HALF;
      }
    }
    return batch.records().stream().anyMatch(records::contains) ? Origin.WRONG : Origin.NEW;
  }

  private boolean isDerived(String later) {
    return !later.equals(id) && later.startsWith(withoutNumber(id));
  }

  private static String withoutNumber(String id) {
    int dot = id.lastIndexOf('.');
    boolean isNumber = dot >= 0 && Character.isDigit(id.charAt(id.length() - 1));
    return isNumber ? id.substring(0, dot) : id;
  }

  /// The id of this batch when it was halved: that of the remainder, if it was one by then.
  private String wholeOf(Batch half) {
    int dot = half.id().lastIndexOf('.');
    String whole = dot < 0 ? half.id() : half.id().substring(0, dot);
    return isRemainder && isDerived(whole) ? whole : id;
  }

  /// @param half of this batch
  List<UnfinishedBatch> halves(Batch half) {
    return halves(wholeOf(half));
  }

  private List<UnfinishedBatch> halves(String whole) {
    int middle = records.size() / 2;
    UnfinishedBatch older = new UnfinishedBatch(whole + ".a", records.subList(0, middle));
    UnfinishedBatch newer =
        new UnfinishedBatch(whole + ".b", records.subList(middle, records.size()));
    for (UnfinishedBatch part : List.of(older, newer)) {
      part.isRetry = true;
      part.allFailures = allFailures;
    }
    return List.of(older, newer);
  }

  void started(String laterId) {
    id = laterId;
    isRemainder = false;
  }

  /// A send has ended.
  ///
  /// @return whether the destination accepted any of its records, or rejected them
  boolean ended(SendResult result) {
    isRetry = !(result instanceof SendResult.Progress);
    switch (result) {
      case SendResult.Delivered _, SendResult.Rejected _ -> records = List.of();
      case SendResult.Partial partial -> {
        List<LogRecord> owed = new ArrayList<>();
        for (int index : partial.retry()) {
          owed.add(records.get(index));
        }
        records = owed;
        isRemainder = true;
        failures = 0;
      }
      case SendResult.Progress progress -> {
        isRemainder = progress.delivered() > 0;
        records = records.subList(progress.delivered(), records.size());
        return isRemainder;
      }
      case SendResult.Retry retry -> {
        failures++;
        allFailures += retry.reason().equals(LaneSends.KEPT) ? FAILURES_TO_OVERTAKE : 1;
        return false;
      }
    }
    return true;
  }

  void otherAccepted() {
    failures = 0;
  }

  String id() {
    return id;
  }

  List<LogRecord> records() {
    return records;
  }

  boolean isRetry() {
    return isRetry;
  }

  /// Attempts that failed since the destination accepted anything.
  int failures() {
    return failures;
  }

  /// Attempts that failed, those of a batch that this is half of included.
  int allFailures() {
    return allFailures;
  }
}
