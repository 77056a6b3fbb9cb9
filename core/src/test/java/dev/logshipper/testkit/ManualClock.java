package dev.logshipper.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A monotonic clock that the test moves. Thread-safe.
public final class ManualClock implements LongSupplier {
  private final AtomicLong nanos;

  /// A clock at `nanos`.
  public ManualClock(long nanos) {
    this.nanos = new AtomicLong(nanos);
  }

  /// A clock that is about to overflow, as `System.nanoTime` may be.
  public ManualClock() {
    this(Long.MAX_VALUE - 1_000_000);
  }

  /// Advances the clock.
  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public long getAsLong() {
    return nanos.get();
  }
}
