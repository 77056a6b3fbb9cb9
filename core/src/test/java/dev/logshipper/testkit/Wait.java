package dev.logshipper.testkit;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits for conditions, with a time limit.
public final class Wait {
  private static final int SECONDS_MAX = 20;
  private static final int POLL_MILLIS = 2;

  private Wait() {}

  /// Returns the next element.
  public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T element = queue.poll(SECONDS_MAX, TimeUnit.SECONDS);
    if (element == null) {
      throw new AssertionError("the queue stayed empty");
    }
    return element;
  }

  /// Waits until a latch is open.
  public static void open(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new AssertionError("the latch stayed closed");
    }
  }

  /// Waits until a thread has ended.
  public static void end(Thread thread) throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(SECONDS_MAX));
    if (thread.isAlive()) {
      throw new AssertionError(thread.getName() + " did not end");
    }
  }

  /// Waits until a condition holds.
  public static void until(BooleanSupplier condition) throws InterruptedException {
    if (!within(Duration.ofSeconds(SECONDS_MAX), condition)) {
      throw new AssertionError("the condition did not hold in time");
    }
  }

  /// Waits until a condition holds, and returns whether it did in time.
  public static boolean within(Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return true;
  }

  /// Waits until a thread is waiting.
  public static void parked(Thread thread) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(thread.getName() + " does not wait: " + thread.getState());
      }
      Thread.onSpinWait();
    }
  }
}
