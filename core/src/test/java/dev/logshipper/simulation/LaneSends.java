package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.SendResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sends of one lane, as its destination sees them: the batches that are not finished, and how
/// the latest one follows from them.
final class LaneSends {
  /// Results without a delivered record that core accepts in a row as progress.
  private static final int WITHOUT_PROGRESS_MAX = 40;

  /// The reason of a failure that is a rejection whose records are kept.
  static final String KEPT = "rejected, but kept";

  private final Scenario.Lane plan;
  private final SimulatedScheduler scheduler;
  private final List<UnfinishedBatch> unfinished = new ArrayList<>();
  private @Nullable UnfinishedBatch current;
  private Origin origin = Origin.NEW;
  private SendResult lastResult = SendResult.DELIVERED;
  private boolean wasRetry;
  private boolean sending;
  private boolean ignoresInterrupts;
  private boolean delivered;
  private int withoutProgress;
  private long endedAtNanos = -1;

  LaneSends(Scenario.Lane plan, SimulatedScheduler scheduler) {
    this.plan = plan;
    this.scheduler = scheduler;
  }

  /// How a batch follows from earlier ones.
  enum Origin {
    /// Its records were in none.
    NEW,
    /// The same records, the same id.
    REPETITION,
    /// The records that one still owes after the others were delivered or rejected, a derived id.
    REMAINDER,
    /// Half of one that failed, a derived id.
    HALF,
    /// None of these.
    WRONG
  }

  /// A batch arrives: determines how it follows from earlier ones.
  void arrived(Batch batch) {
    current = null;
    for (UnfinishedBatch before : List.copyOf(unfinished)) {
      Origin found = before.leadsTo(batch);
      if (found != Origin.NEW && current == null) {
        origin = found;
        current = found == Origin.HALF ? halve(before, batch) : before;
      }
    }
    if (current == null) {
      origin = Origin.NEW;
      current = new UnfinishedBatch(batch.id(), batch.records());
      unfinished.add(current);
    }
    wasRetry = current.isRetry();
    current.started(batch.id());
  }

  void started() {
    sending = true;
  }

  private UnfinishedBatch halve(UnfinishedBatch whole, Batch half) {
    List<UnfinishedBatch> halves = whole.halves(half);
    unfinished.addAll(unfinished.indexOf(whole), halves);
    unfinished.remove(whole);
    return halves.getFirst().id().equals(half.id()) ? halves.getFirst() : halves.getLast();
  }

  /// Returns the result as core must count it.
  ///
  /// @param result that the sink returned
  SendResult ended(SendResult result) {
    sending = false;
    ignoresInterrupts = false;
    endedAtNanos = scheduler.now();
    lastResult = counted(result);
    delivered |= deliversSome(lastResult);
    UnfinishedBatch batch = current;
    if (batch != null) {
      boolean accepted = batch.ended(lastResult);
      if (accepted) {
        unfinished.forEach(UnfinishedBatch::otherAccepted);
      }
      if (batch.records().isEmpty()) {
        unfinished.remove(batch);
      }
    }
    return lastResult;
  }

  private boolean deliversSome(SendResult result) {
    UnfinishedBatch batch = current;
    return switch (result) {
      case SendResult.Delivered _ -> true;
      case SendResult.Progress progress -> progress.delivered() > 0;
      case SendResult.Partial partial ->
          batch != null
              && partial.retry().size() + partial.rejected().size() < batch.records().size();
      case SendResult.Retry _, SendResult.Rejected _ -> false;
    };
  }

  private SendResult counted(SendResult result) {
    boolean fruitless = result instanceof SendResult.Progress progress && progress.delivered() == 0;
    withoutProgress = fruitless ? withoutProgress + 1 : 0;
    if (result instanceof SendResult.Rejected rejected
        && rejected.scope() == SendResult.Scope.ENDPOINT
        && delivered
        && plan.rejectGrace().isPositive()) {
      return SendResult.retry(KEPT);
    }
    return withoutProgress > WITHOUT_PROGRESS_MAX ? SendResult.retry("no progress") : result;
  }

  /// The origin of the latest batch.
  Origin origin() {
    return origin;
  }

  /// Whether the latest send repeated one that failed, at least in part.
  boolean wasRetry() {
    return wasRetry;
  }

  /// The batches that are not finished, the latest one included.
  List<UnfinishedBatch> unfinished() {
    return unfinished;
  }

  /// The latest batch.
  @Nullable UnfinishedBatch current() {
    return current;
  }

  /// The result of the latest send, as core must count it.
  SendResult lastResult() {
    return lastResult;
  }

  /// Attempts with the latest batch that have failed since the destination accepted anything.
  int failuresInARow() {
    UnfinishedBatch batch = current;
    return batch == null ? 0 : batch.failures();
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
