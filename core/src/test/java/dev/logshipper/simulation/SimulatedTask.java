package dev.logshipper.simulation;

import dev.logshipper.time.Task;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A simulated thread: a virtual thread that runs only while it is scheduled. Its fields are
/// accessed only by the running thread.
final class SimulatedTask implements Task {
  static final long NEVER = Long.MAX_VALUE;

  final String name;
  final int number;
  final boolean freezes;
  boolean ready = true;
  boolean ended;
  boolean interrupted;
  int interrupts;

  /// When it becomes ready without a signal.
  long wakesAtNanos = NEVER;

  /// The monitor whose lock or change it waits for.
  @Nullable SimulatedMonitor waitsFor;

  boolean awaitsChange;

  /// The thread whose end it waits for.
  @Nullable SimulatedTask joins;

  /// The monitor of its spurious wake-up: it must wait for this again, for as long as before.
  @Nullable SimulatedMonitor wokenSpuriously;

  long waitedUntilNanos;

  private final SimulatedScheduler scheduler;
  private final Thread thread;
  private volatile boolean running;

  SimulatedTask(
      SimulatedScheduler scheduler, String name, int number, boolean freezes, Runnable work) {
    this.scheduler = scheduler;
    this.name = name;
    this.number = number;
    this.freezes = freezes;
    this.thread = Thread.ofVirtual().name(name).start(() -> run(work));
  }

  private void run(Runnable work) {
    awaitTurn();
    try {
      scheduler.checkNotOver();
      work.run();
    } catch (SimulationOver _) {
      // The run is over; so is this thread.
    } catch (RuntimeException | Error e) {
      scheduler.violated("NoThreadFails", name + " failed: " + e + " at " + e.getStackTrace()[0]);
    } finally {
      ended = true;
      ready = false;
      wakesAtNanos = NEVER;
      scheduler.ended(this);
    }
  }

  /// Lets it run; the caller then waits.
  void resume() {
    running = true;
    LockSupport.unpark(thread);
  }

  void awaitTurn() {
    while (!running) {
      LockSupport.park(this);
    }
    running = false;
  }

  void wake() {
    ready = true;
    wakesAtNanos = NEVER;
    waitsFor = null;
  }

  boolean takeInterrupt() {
    boolean was = interrupted;
    interrupted = false;
    return was;
  }

  @Override
  public void interrupt() {
    interrupted = true;
    interrupts++;
    if (!ended) {
      wake();
    }
  }

  @Override
  public void join(Duration longest) throws InterruptedException {
    scheduler.join(this, longest.toNanos());
  }

  @Override
  public String toString() {
    return name
        + (ended ? " has ended" : ready ? " is ready" : " waits")
        + (wakesAtNanos == NEVER ? "" : " until " + wakesAtNanos / 1_000 + " us");
  }
}
