package dev.logshipper.time;

/// A reentrant lock with one condition: something that it guards has changed. The methods are those
/// of [java.util.concurrent.locks.ReentrantLock] and [java.util.concurrent.locks.Condition], rules
/// included.
public interface Monitor {
  /// Waits for the lock, interrupted or not.
  void lock();

  /// Waits for the lock, unless interrupted.
  void lockInterruptibly() throws InterruptedException;

  /// Gives the lock back.
  void unlock();

  /// Gives the lock back until somebody signals or the time is over; may end for no reason.
  ///
  /// @return nanoseconds left, about; not above zero when the time was over
  long awaitNanos(long nanos) throws InterruptedException;

  /// Wakes all who wait.
  void signalAll();
}
