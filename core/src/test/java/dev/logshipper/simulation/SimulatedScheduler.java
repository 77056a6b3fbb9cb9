package dev.logshipper.simulation;

import dev.logshipper.time.Monitor;
import dev.logshipper.time.Scheduler;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Runs simulated threads one at a time in virtual time: a thread that waits or ends resumes the
/// next thread of the run queue.
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

  /// @param epochNanos reading of its clock at the start
  SimulatedScheduler(SeededRandom random, ScheduleProfile profile, Trace trace, long epochNanos) {
    this.random = random;
    this.profile = profile;
    this.trace = trace;
    this.epochNanos = epochNanos;
    this.queue = new RunQueue(random, profile, trace);
  }

  /// Runs a thread, and all that it starts, to their end. Called once.
  ///
  /// @param beforeTimeMoves called when no thread is runnable at this instant
  void run(Runnable first, Runnable beforeTimeMoves) throws InterruptedException {
    queue.beforeTimeMoves(beforeTimeMoves);
    startOutside("outside", first);
    resumeNext();
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

  /// The monitor that was created last.
  SimulatedMonitor newestMonitor() {
    return newest;
  }

  /// Starts a thread of the environment, which a freeze suspends.
  @Override
  public SimulatedTask start(String name, Runnable work) {
    return start(name, true, work);
  }

  /// Starts a thread outside the environment.
  SimulatedTask startOutside(String name, Runnable work) {
    return start(name, false, work);
  }

  private SimulatedTask start(String name, boolean freezes, Runnable work) {
    SimulatedTask task = new SimulatedTask(this, name, queue.tasks().size(), freezes, work);
    queue.tasks().add(task);
    return task;
  }

  /// Nanoseconds since the start.
  long now() {
    return queue.now();
  }

  /// Time that the environment's threads lost to freezes or to a busy machine.
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

  /// Whether time passes only while no thread is runnable.
  boolean isExact() {
    return profile.isExact();
  }

  void log(String event) {
    trace.log(queue.now(), current().name, event);
  }

  /// Records a violated invariant, which ends the run.
  void violated(Invariant invariant, String how) {
    violated(invariant.title(), how);
  }

  /// Records a violated invariant, which ends the run.
  void violated(String invariant, String how) {
    queue.violated(invariant, how);
  }

  /// Stops all threads, as SIGKILL does.
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

  /// Sleeps through interrupts, which stay pending.
  void sleepUninterruptibly(long nanos) {
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

  /// Clears a pending interrupt, as careless libraries do.
  void swallowInterrupt() {
    current().takeInterrupt();
  }

  void checkNotInterrupted() throws InterruptedException {
    if (current().takeInterrupt()) {
      throw new InterruptedException();
    }
  }

  /// May switch to another thread.
  void mayYield() {
    checkSignalled();
    if (random.percent(profile.yieldPercent())) {
      switchFrom(current());
    }
  }

  /// The current thread may continue only after a signal, not after a spurious wake-up.
  void checkSignalled() {
    checkNotOver();
    SimulatedTask task = current();
    if (task.wokenSpuriously != null) {
      violated("ChangesAreSignalled", task.name + " continued without a signal");
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

  void wakeWaiting(SimulatedMonitor monitor, boolean forItsLock) {
    for (SimulatedTask task : queue.tasks()) {
      if (task.waitsFor == monitor && task.awaitsChange != forItsLock) {
        task.wake();
      }
    }
  }

  /// A thread has ended; resumes the next.
  void ended(SimulatedTask ended) {
    for (SimulatedTask task : queue.tasks()) {
      if (task.joins == ended) {
        task.wake();
      }
    }
    resumeNext();
  }

  private void resumeNext() {
    SimulatedTask next = chosen();
    if (next == null) {
      end.countDown();
    } else {
      next.resume();
    }
  }

  private void switchFrom(SimulatedTask task) {
    SimulatedTask next = chosen();
    if (next != null && next != task) {
      next.resume();
      task.awaitTurn();
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
