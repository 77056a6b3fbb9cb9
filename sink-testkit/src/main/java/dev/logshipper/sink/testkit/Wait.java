package dev.logshipper.sink.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Polls for conditions, with a time limit.
final class Wait {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int POLL_MILLIS = 2;

  private Wait() {}

  /// Waits until a condition holds.
  ///
  /// @throws AssertionError after 20 seconds
  static void until(BooleanSupplier condition) throws InterruptedException {
    if (!within(LIMIT, condition)) {
      throw new AssertionError("the condition did not hold within " + LIMIT);
    }
  }

  /// Waits until a condition holds, and returns whether it did in time.
  static boolean within(Duration limit, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return true;
  }
}
