package dev.logshipper.sandbox.environment.platform;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One lock for the whole state of an environment, and conditions on that state to wait for. The
/// state is small and changes a few times per invocation.
final class Monitor {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Reads or changes the state, and wakes all waiting threads.
  <T extends @Nullable Object> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  void change(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  /// Waits, holding the lock whenever it looks at the state.
  ///
  /// @param deadlineNanos on the clock of [System#nanoTime()]
  /// @return whether the condition holds; false when the deadline passed
  boolean await(BooleanSupplier condition, long deadlineNanos) throws InterruptedException {
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        long remaining = deadlineNanos - System.nanoTime();
        if (remaining <= 0) {
          return false;
        }
        long _ = changed.awaitNanos(Math.min(remaining, TimeUnit.HOURS.toNanos(1)));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Waits without limit, then acts before another thread can change the state again.
  <T extends @Nullable Object> T when(BooleanSupplier condition, Supplier<T> action)
      throws InterruptedException {
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        changed.await();
      }
      T result = action.get();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }
}
