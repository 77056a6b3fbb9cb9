package dev.logshipper.simulation;

import dev.logshipper.time.Monitor;
import dev.logshipper.time.Scheduler;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Runs simulated threads one at a time in virtual time: a thread that waits or ends hands over to
/// the next thread of the run queue.
///
/// Used only by the running thread, so it needs no locks.
final class SimulatedScheduler implements Scheduler {
  private final SeededRandom random;
  private final ScheduleProfile profile;
  private final Trace trace;
  private final long epochNanos;
  private final RunQueue queue;
  private final CountDownLatch end = new CountDownLatch(1);
  private SimulatedMonitor newest = new SimulatedMonitor(this);
  private @Nullable SimulatedTask current;
  private long switches;

  /// @param epochNanos what its clock shows at first
  SimulatedScheduler(SeededRandom random, ScheduleProfile profile, Trace trace, long epochNanos) {
    this.random = random;
    this.profile = profile;
    this.trace = trace;
    this.epochNanos = epochNanos;
    this.queue = new RunQueue(random, profile, trace);
  }

  /// Runs a thread, and all that it starts, to their end. Called from outside, once.
  ///
  /// @param beforeTimeMoves called when nobody can go on at this instant
  void run(Runnable first, Runnable beforeTimeMoves) throws InterruptedException {
    queue.beforeTimeMoves(beforeTimeMoves);
    startWorld("world", first);
    passBaton();
    end.await();
  }

  @Override
  public LongSupplier nanoClock() {
    return () -> epochNanos + queue.now();
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
    SimulatedTask task = new SimulatedTask(this, name, queue.tasks().size(), freezes, work);
    queue.tasks().add(task);
    return task;
  }

  /// Since the beginning.
  long now() {
    return queue.now();
  }

  /// Time that the environment's threads did not have: frozen, or taken by the machine.
  long lost() {
    return queue.lost();
  }

  long switches() {
    return switches;
  }

  boolean isFrozen() {
    return queue.isFrozen();
  }

  boolean isOver() {
    return queue.isOver();
  }

  SimulatedTask current() {
    if (current == null) {
      throw new IllegalStateException("not a simulated thread");
    }
    return current;
  }

  void say(String what) {
    trace.say(queue.now(), current().name, what);
  }

  /// Records a violated invariant, which ends the run.
  void breaks(String invariant, String how) {
    queue.breaks(invariant, how);
  }

  /// Everything stops, as by SIGKILL.
  void stop() {
    queue.stop();
    throw new SimulationOver();
  }

  void checkNotOver() {
    if (queue.isOver()) {
      throw new SimulationOver();
    }
  }

  void freeze() {
    queue.freeze();
  }

  void thaw() {
    queue.thaw();
  }

  /// Sleeps in virtual time.
  void sleep(long nanos) throws InterruptedException {
    checkNotInterrupted();
    block(null, queue.now() + Math.max(0, nanos));
    checkNotInterrupted();
  }

  /// Sleeps through interrupts, which stay for the next wait.
  void sleepDeaf(long nanos) {
    long until = queue.now() + nanos;
    while (queue.now() < until) {
      block(null, until);
    }
  }

  void join(SimulatedTask other, long longestNanos) throws InterruptedException {
    checkNotInterrupted();
    long until = queue.now() + longestNanos;
    while (!other.ended && queue.now() < until) {
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
    if (random.percent(profile.yieldPercent())) {
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
    task.ready = untilNanos <= queue.now();
    task.waitsFor = task.ready ? null : monitor;
    task.wakesAtNanos = task.ready ? SimulatedTask.NEVER : untilNanos;
    switchFrom(task);
  }

  void wakeThoseWaitingFor(SimulatedMonitor monitor, boolean forItsLock) {
    for (SimulatedTask task : queue.tasks()) {
      if (task.waitsFor == monitor && task.awaitsChange != forItsLock) {
        task.wake();
      }
    }
  }

  /// A thread has ended and hands over.
  void ended(SimulatedTask ended) {
    for (SimulatedTask task : queue.tasks()) {
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
    SimulatedTask next = queue.next();
    if (next != null && next != current) {
      switches++;
      trace.note(next.number);
    }
    current = next;
    return next;
  }
}
