package dev.logshipper.simulation;

import dev.logshipper.time.Monitor;
import org.jspecify.annotations.Nullable;

/// A monitor of simulated threads. The scheduler may switch threads at lock and unlock.
final class SimulatedMonitor implements Monitor {
  private final SimulatedScheduler scheduler;
  private @Nullable SimulatedTask owner;
  private int holds;
  private Runnable onAcquire = () -> {};
  private Runnable onRelease = () -> {};

  SimulatedMonitor(SimulatedScheduler scheduler) {
    this.scheduler = scheduler;
  }

  void onAcquire(Runnable action) {
    onAcquire = action;
  }

  void onRelease(Runnable action) {
    onRelease = action;
  }

  @Override
  public void lock() {
    scheduler.mayYield();
    acquire();
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    scheduler.mayYield();
    scheduler.checkNotInterrupted();
    acquire();
  }

  private void acquire() {
    SimulatedTask task = scheduler.current();
    while (owner != null && owner != task) {
      // After an early wake-up by an interrupt it waits again; the interrupt stays pending.
      scheduler.block(this, SimulatedTask.NEVER);
    }
    owner = task;
    holds++;
    onAcquire.run();
  }

  @Override
  public void unlock() {
    if (scheduler.isOver()) {
      return;
    }
    holds--;
    if (holds == 0) {
      onRelease.run();
      owner = null;
      scheduler.wakeWaiting(this, true);
      scheduler.mayYield();
    }
  }

  @Override
  public long awaitNanos(long nanos) throws InterruptedException {
    SimulatedTask task = scheduler.current();
    if (owner != task || holds != 1) {
      throw new IllegalMonitorStateException();
    }
    scheduler.checkNotInterrupted();
    long now = scheduler.now();
    long until = nanos > SimulatedTask.NEVER - now ? SimulatedTask.NEVER : now + nanos;
    if (task.wokenSpuriously == this && (until == task.waitedUntilNanos || !task.freezes)) {
      task.wokenSpuriously = null;
    }
    scheduler.checkSignalled();
    owner = null;
    holds = 0;
    scheduler.wakeWaiting(this, true);
    task.awaitsChange = true;
    scheduler.block(this, until);
    task.awaitsChange = false;
    acquire();
    scheduler.checkNotInterrupted();
    return until - scheduler.now();
  }

  @Override
  public void signalAll() {
    if (owner != scheduler.current()) {
      throw new IllegalMonitorStateException();
    }
    scheduler.wakeWaiting(this, false);
  }
}
