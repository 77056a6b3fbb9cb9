package dev.logshipper.simulation;

import dev.logshipper.time.Monitor;
import dev.logshipper.time.Scheduler;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Runs simulated threads one at a time in virtual time: whoever stops passes the baton to the one
/// whose turn it is.
///
/// Only the thread that has the baton uses it, so nothing in here is guarded.
final class SimulatedScheduler implements Scheduler {
  private final Chance chance;
  private final Pace pace;
  private final Trace trace;
  private final long epochNanos;
  private final Turns turns;
  private final CountDownLatch end = new CountDownLatch(1);
  private SimulatedMonitor newest = new SimulatedMonitor(this);
  private @Nullable SimulatedTask current;
  private long switches;

  /// @param epochNanos what its clock shows at first
  SimulatedScheduler(Chance chance, Pace pace, Trace trace, long epochNanos) {
    this.chance = chance;
    this.pace = pace;
    this.trace = trace;
    this.epochNanos = epochNanos;
    this.turns = new Turns(chance, pace, trace);
  }

  /// Runs a thread, and all that it starts, to their end. Called from outside, once.
  ///
  /// @param beforeTimeMoves called when nobody can go on at this instant
  void run(Runnable first, Runnable beforeTimeMoves) throws InterruptedException {
    turns.beforeTimeMoves(beforeTimeMoves);
    startWorld("world", first);
    passBaton();
    end.await();
  }

  @Override
  public LongSupplier nanoClock() {
    return () -> epochNanos + turns.now();
  }

  @Override
  public Monitor newMonitor() {
    newest = new SimulatedMonitor(this);
    return newest;
  }

  /// The one that was asked for last.
  SimulatedMonitor newestMonitor() {
    return newest;
  }

  /// Starts a thread of the environment, which a freeze stops.
  @Override
  public SimulatedTask start(String name, Runnable work) {
    return start(name, true, work);
  }

  /// Starts a thread outside the environment.
  SimulatedTask startWorld(String name, Runnable work) {
    return start(name, false, work);
  }

  private SimulatedTask start(String name, boolean freezes, Runnable work) {
    SimulatedTask task = new SimulatedTask(this, name, turns.tasks().size(), freezes, work);
    turns.tasks().add(task);
    return task;
  }

  /// Since the beginning.
  long now() {
    return turns.now();
  }

  /// Time that the environment's threads did not have: frozen, or taken by the machine.
  long lost() {
    return turns.lost();
  }

  long switches() {
    return switches;
  }

  boolean isFrozen() {
    return turns.isFrozen();
  }

  boolean isOver() {
    return turns.isOver();
  }

  SimulatedTask current() {
    if (current == null) {
      throw new IllegalStateException("not a simulated thread");
    }
    return current;
  }

  void say(String what) {
    trace.say(turns.now(), current().name, what);
  }

  /// A promise is broken: the run ends.
  void breaks(String promise, String how) {
    turns.breaks(promise, how);
  }

  /// Everything stops, as by SIGKILL.
  void stop() {
    turns.stop();
    throw new SimulationOver();
  }

  void checkNotOver() {
    if (turns.isOver()) {
      throw new SimulationOver();
    }
  }

  void freeze() {
    turns.freeze();
  }

  void thaw() {
    turns.thaw();
  }

  /// Sleeps in virtual time.
  void sleep(long nanos) throws InterruptedException {
    checkNotInterrupted();
    block(null, turns.now() + Math.max(0, nanos));
    checkNotInterrupted();
  }

  /// Sleeps through interrupts, which stay for the next wait.
  void sleepDeaf(long nanos) {
    long until = turns.now() + nanos;
    while (turns.now() < until) {
      block(null, until);
    }
  }

  void join(SimulatedTask other, long longestNanos) throws InterruptedException {
    checkNotInterrupted();
    long until = turns.now() + longestNanos;
    while (!other.ended && turns.now() < until) {
      current().joins = other;
      block(null, until);
      current().joins = null;
      checkNotInterrupted();
    }
  }

  /// As careless libraries do.
  void swallowInterrupt() {
    current().takeInterrupt();
  }

  void checkNotInterrupted() throws InterruptedException {
    if (current().takeInterrupt()) {
      throw new InterruptedException();
    }
  }

  /// Another thread may go on here.
  void mayYield() {
    checkReason();
    if (chance.percent(pace.yieldPercent())) {
      switchFrom(current());
    }
  }

  /// Whoever goes on was told to.
  void checkReason() {
    checkNotOver();
    SimulatedTask task = current();
    if (task.wokenForNothing != null) {
      breaks("whoever waits has a reason", task.name + " went on although nobody had told it to");
      throw new SimulationOver();
    }
  }

  /// The current thread waits until it is woken.
  void block(@Nullable SimulatedMonitor monitor, long untilNanos) {
    checkNotOver();
    SimulatedTask task = current();
    task.ready = untilNanos <= turns.now();
    task.waitsFor = task.ready ? null : monitor;
    task.wakesAtNanos = task.ready ? SimulatedTask.NEVER : untilNanos;
    switchFrom(task);
  }

  void wakeThoseWaitingFor(SimulatedMonitor monitor, boolean forItsLock) {
    for (SimulatedTask task : turns.tasks()) {
      if (task.waitsFor == monitor && task.awaitsChange != forItsLock) {
        task.wake();
      }
    }
  }

  /// A thread has run to its end and passes the baton on.
  void ended(SimulatedTask ended) {
    for (SimulatedTask task : turns.tasks()) {
      if (task.joins == ended) {
        task.wake();
      }
    }
    passBaton();
  }

  private void passBaton() {
    SimulatedTask next = chosen();
    if (next == null) {
      end.countDown();
    } else {
      next.takeBaton();
    }
  }

  private void switchFrom(SimulatedTask task) {
    SimulatedTask next = chosen();
    if (next != null && next != task) {
      next.takeBaton();
      task.awaitBaton();
    }
    checkNotOver();
  }

  private @Nullable SimulatedTask chosen() {
    SimulatedTask next = turns.next();
    if (next != null && next != current) {
      switches++;
      trace.note(next.number);
    }
    current = next;
    return next;
  }
}
