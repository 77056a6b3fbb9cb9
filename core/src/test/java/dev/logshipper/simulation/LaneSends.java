package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import java.util.ArrayList;
import java.util.List;

/// The sends of one lane, as its destination sees them: the records that the latest batch still
/// owes, and the attempts in a row that failed.
final class LaneSends {
  /// Results without a delivered record that core accepts in a row as progress.
  private static final int WITHOUT_PROGRESS_MAX = 40;

  private final SimulatedScheduler scheduler;
  private List<LogRecord> unfinished = List.of();
  private String batchId = "";
  private SendResult lastResult = SendResult.DELIVERED;
  private boolean sending;
  private boolean ignoresInterrupts;
  private int failures;
  private int withoutProgress;
  private long endedAtNanos = -1;

  LaneSends(SimulatedScheduler scheduler) {
    this.scheduler = scheduler;
  }

  void started(Batch batch) {
    sending = true;
    batchId = batch.id();
    unfinished = batch.records();
  }

  /// Returns the result as core must count it.
  ///
  /// @param result that the sink returned
  SendResult ended(SendResult result) {
    sending = false;
    ignoresInterrupts = false;
    endedAtNanos = scheduler.now();
    lastResult = counted(result);
    switch (lastResult) {
      case SendResult.Delivered _, SendResult.Rejected _ -> finished(List.of(), 0);
      case SendResult.Partial partial ->
          finished(selected(partial.retry()), partial.retry().isEmpty() ? 0 : 1);
      case SendResult.Progress progress ->
          finished(
              unfinished.subList(progress.delivered(), unfinished.size()),
              progress.delivered() > 0 ? 0 : failures);
      case SendResult.Retry _ -> failures++;
    }
    return lastResult;
  }

  private SendResult counted(SendResult result) {
    boolean fruitless = result instanceof SendResult.Progress progress && progress.delivered() == 0;
    withoutProgress = fruitless ? withoutProgress + 1 : 0;
    return withoutProgress > WITHOUT_PROGRESS_MAX ? SendResult.retry("no progress") : result;
  }

  private void finished(List<LogRecord> remainder, int failuresInARow) {
    unfinished = remainder;
    failures = failuresInARow;
  }

  private List<LogRecord> selected(List<Integer> indexes) {
    List<LogRecord> selected = new ArrayList<>();
    for (int index : indexes) {
      selected.add(unfinished.get(index));
    }
    return selected;
  }

  /// The records of the latest batch that must be sent again; none when the next batch is new.
  List<LogRecord> unfinished() {
    return unfinished;
  }

  /// Whether the next batch is a remainder: some records of the latest one were delivered or
  /// rejected.
  boolean isRemainder() {
    return lastResult instanceof SendResult.Partial
        || (lastResult instanceof SendResult.Progress progress && progress.delivered() > 0);
  }

  /// An id without the number that a remainder appends.
  static String withoutSuffix(String id) {
    int dot = id.indexOf('.');
    return dot < 0 ? id : id.substring(0, dot);
  }

  /// The id of the latest batch.
  String batchId() {
    return batchId;
  }

  /// The result of the latest send, as core must count it.
  SendResult lastResult() {
    return lastResult;
  }

  /// Attempts that have failed since the last success.
  int failuresInARow() {
    return failures;
  }

  boolean isSending() {
    return sending;
  }

  /// The current send ignores interrupts.
  void ignoreInterrupts() {
    ignoresInterrupts = true;
  }

  boolean ignoresInterrupts() {
    return ignoresInterrupts;
  }

  /// Whether a send has ended at this very instant, so that the lane may not know it yet.
  boolean haveJustEnded() {
    return endedAtNanos == scheduler.now();
  }
}
