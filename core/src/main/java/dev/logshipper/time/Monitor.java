package dev.logshipper.time;

/// A reentrant lock with one condition, which is signalled when the guarded state has changed. The
/// methods have the contracts of [java.util.concurrent.locks.ReentrantLock] and
/// [java.util.concurrent.locks.Condition].
public interface Monitor {
  /// Acquires the lock, ignoring interrupts.
  void lock();

  /// Acquires the lock unless interrupted.
  void lockInterruptibly() throws InterruptedException;

  /// Releases the lock.
  void unlock();

  /// Releases the lock and waits for a signal or a timeout; spurious wake-ups are possible.
  ///
  /// @return an estimate of the remaining nanoseconds; zero or less after a timeout
  long awaitNanos(long nanos) throws InterruptedException;

  /// Wakes all waiting threads.
  void signalAll();
}
