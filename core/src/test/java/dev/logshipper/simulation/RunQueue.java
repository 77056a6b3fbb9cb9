package dev.logshipper.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The order of threads, and the time: the next thread is chosen at random among the runnable ones,
/// and time moves when there are none. Detects deadlocks and endless loops, and wakes threads
/// spuriously.
///
/// Used only by the running thread.
final class RunQueue {
  /// Limit of the steps at one instant; more are an endless loop.
  private static final int STEPS_AT_ONE_INSTANT_MAX = 200_000;

  private final SeededRandom random;
  private final ScheduleProfile profile;
  private final Trace trace;
  private final List<SimulatedTask> tasks = new ArrayList<>();
  private final List<SimulatedTask> candidates = new ArrayList<>();
  private Runnable beforeTimeMoves = () -> {};
  private boolean over;
  private boolean frozen;
  private long nowNanos;
  private long lostNanos;
  private int stepsAtThisInstant;
  private boolean wokeAtThisInstant;

  RunQueue(SeededRandom random, ScheduleProfile profile, Trace trace) {
    this.random = random;
    this.profile = profile;
    this.trace = trace;
  }

  void beforeTimeMoves(Runnable action) {
    beforeTimeMoves = action;
  }

  List<SimulatedTask> tasks() {
    return tasks;
  }

  long now() {
    return nowNanos;
  }

  long lost() {
    return lostNanos;
  }

  boolean isOver() {
    return over;
  }

  boolean isFrozen() {
    return frozen;
  }

  void freeze() {
    frozen = true;
  }

  void thaw() {
    frozen = false;
    wakeDue();
  }

  void stop() {
    over = true;
  }

  void violated(String invariant, String how) {
    // After a kill, threads are stopped anywhere; their state counts again when all have ended.
    if (!over || anyAlive() == null) {
      trace.violated(invariant, nowNanos / 1_000 + " us  " + how);
      over = true;
    }
  }

  /// The thread to resume; null when all have ended. When the run is over, each is resumed to its
  /// end.
  @Nullable SimulatedTask next() {
    SimulatedTask next = null;
    while (next == null && !over && anyAlive() != null) {
      stealTime();
      next = anyReady();
      if (next == null && !wokeSpuriously() && !moveTime()) {
        violated("NoDeadlock", "no thread is runnable: " + tasks);
      }
    }
    return over ? anyAlive() : next;
  }

  private @Nullable SimulatedTask anyAlive() {
    for (SimulatedTask task : tasks) {
      if (!task.ended) {
        return task;
      }
    }
    return null;
  }

  private boolean runs(SimulatedTask task) {
    return !task.ended && !(frozen && task.freezes);
  }

  private @Nullable SimulatedTask anyReady() {
    candidates.clear();
    for (SimulatedTask task : tasks) {
      if (task.ready && runs(task)) {
        candidates.add(task);
      }
    }
    if (candidates.isEmpty()) {
      return null;
    }
    stepsAtThisInstant++;
    if (stepsAtThisInstant > STEPS_AT_ONE_INSTANT_MAX) {
      violated("NoEndlessLoop", "time does not move: " + candidates);
    }
    return candidates.get(random.below(candidates.size()));
  }

  private void stealTime() {
    if (!wokeAtThisInstant && random.percent(profile.stealPercent())) {
      long stolen = random.between(0, profile.stolenNanosMax());
      nowNanos += stolen;
      lostNanos += stolen;
      wakeDue();
    }
  }

  /// Wakes waiting threads although nothing has changed: a thread that then continues has missed a
  /// signal.
  private boolean wokeSpuriously() {
    if (wokeAtThisInstant || !random.percent(profile.spuriousWakePercent())) {
      return false;
    }
    wokeAtThisInstant = true;
    boolean woke = false;
    for (SimulatedTask task : tasks) {
      if (runs(task) && task.awaitsChange && task.waitsFor != null) {
        task.wokenSpuriously = task.waitsFor;
        task.waitedUntilNanos = task.wakesAtNanos;
        task.wake();
        woke = true;
      }
    }
    return woke;
  }

  /// @return false when no thread waits for an instant
  private boolean moveTime() {
    long next = SimulatedTask.NEVER;
    for (SimulatedTask task : tasks) {
      if (runs(task)) {
        next = Math.min(next, task.wakesAtNanos);
      }
    }
    if (next == SimulatedTask.NEVER) {
      return false;
    }
    beforeTimeMoves.run();
    if (frozen) {
      lostNanos += next - nowNanos;
    }
    nowNanos = next;
    stepsAtThisInstant = 0;
    wokeAtThisInstant = false;
    trace.note(next);
    wakeDue();
    return true;
  }

  private void wakeDue() {
    for (SimulatedTask task : tasks) {
      if (runs(task) && task.wakesAtNanos <= nowNanos) {
        task.wake();
      }
    }
  }
}
