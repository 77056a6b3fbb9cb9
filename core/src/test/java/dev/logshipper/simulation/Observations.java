package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import java.util.function.Consumer;

/// The events of a run: each updates the facts and is passed to the invariants. Invariants see the
/// start of an invocation after it is recorded, its end and the start of a send before.
final class Observations {
  private final SimulatedScheduler scheduler;
  private final Facts facts;
  private final InvariantSet invariants;

  Observations(SimulatedScheduler scheduler, Facts facts, InvariantSet invariants) {
    this.scheduler = scheduler;
    this.facts = facts;
    this.invariants = invariants;
  }

  /// The extension has read the event of an invocation.
  void invocationStarted(String requestId, long deadlineNanos) {
    facts.invocation().started(requestId, deadlineNanos);
    facts.reports().invocationStarted();
    facts.hold().invocationStarted();
    invariants.notify(Invariant::invocationStarted);
  }

  void startReported(String requestId) {
    facts.reports().startReported(requestId);
  }

  void endReported(String requestId) {
    if (facts.reports().endReported(requestId)) {
      invariants.notify(Invariant::invocationEndReported);
    }
  }

  /// A delivery was rejected, and may contain reports; or the next one was accepted.
  void telemetryDelayed(boolean delayed) {
    facts.reports().delayed(delayed);
  }

  /// The extension is about to request the next event.
  void nextRequested() {
    facts.hold().ended();
    invariants.notify(Invariant::nextRequested);
    if (facts.invocation().isActive()) {
      facts.reports().invocationEnded(facts.hold().awaitedEnd());
    }
    facts.invocation().ended();
  }

  void shutdownStarted(long deadlineNanos) {
    facts.window().started(deadlineNanos);
    invariants.notify(Invariant::shutdownStarted);
  }

  void shutdownEnded() {
    invariants.notify(Invariant::shutdownEnded);
    facts.window().ended();
  }

  void sendStarted(int lane, Batch batch, Deadline deadline) {
    facts.lane(lane).sends().arrived(batch);
    invariants.notify(lane, invariant -> invariant.sendStarted(batch, deadline));
    facts.lane(lane).sends().started();
    facts.hold().sendStarted();
  }

  /// @param result that core receives; a retry for an exception or an impossible result
  void sendEnded(int lane, Batch batch, SendResult result) {
    SendResult counted = facts.lane(lane).sends().ended(result);
    invariants.notify(lane, invariant -> invariant.sendEnded(batch, counted));
  }

  /// No thread is runnable at this instant.
  ///
  /// @param awaitsBuffer whether the lifecycle's thread waits for a change of the buffer
  void beforeTimeMoves(boolean awaitsBuffer) {
    if (!scheduler.isFrozen()) {
      facts.hold().beforeTimeMoves(awaitsBuffer);
    }
    invariants.notify(Invariant::beforeTimeMoves);
  }

  /// Another event, which changes no fact.
  void event(Consumer<Invariant> event) {
    invariants.notify(event);
  }

  /// Another event of one lane, which changes no fact.
  void event(int lane, Consumer<Invariant> event) {
    invariants.notify(lane, event);
  }
}
