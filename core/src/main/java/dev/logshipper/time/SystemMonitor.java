package dev.logshipper.time;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A monitor for platform threads.
public final class SystemMonitor implements Monitor {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @Override
  public void lock() {
    lock.lock();
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    lock.lockInterruptibly();
  }

  @Override
  public void unlock() {
    lock.unlock();
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // the caller loops
  public long awaitNanos(long nanos) throws InterruptedException {
    return changed.awaitNanos(nanos);
  }

  @Override
  public void signalAll() {
    changed.signalAll();
  }
}
