package dev.logshipper.sandbox.environment.platform;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One lock for the whole state of an environment, and conditions on that state to wait for. The
/// state is small and changes a few times per invocation.
final class Monitor {

  /// Reads or changes the state, and wakes all waiting threads.
  synchronized <T extends @Nullable Object> T locked(Supplier<T> action) {
    try {
      return action.get();
    } finally {
      notifyAll();
    }
  }

  synchronized void change(Runnable action) {
    try {
      action.run();
    } finally {
      notifyAll();
    }
  }

  /// Waits, holding the lock whenever it looks at the state.
  ///
  /// @param deadlineNanos on the clock of [System#nanoTime()]
  /// @return whether the condition holds; false when the deadline passed
  synchronized boolean await(BooleanSupplier condition, long deadlineNanos)
      throws InterruptedException {
    while (!condition.getAsBoolean()) {
      long remaining = deadlineNanos - System.nanoTime();
      if (remaining <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, remaining);
    }
    return true;
  }

  /// Waits without limit, then acts before another thread can change the state again.
  synchronized <T extends @Nullable Object> T when(BooleanSupplier condition, Supplier<T> action)
      throws InterruptedException {
    while (!condition.getAsBoolean()) {
      wait();
    }
    T result = action.get();
    notifyAll();
    return result;
  }
}
