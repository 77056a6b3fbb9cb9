package dev.logshipper.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A monotonic clock that stands still until it is moved. Thread-safe.
public final class ManualClock implements LongSupplier {
  private final AtomicLong nanos;

  /// A clock that shows `nanos`.
  public ManualClock(long nanos) {
    this.nanos = new AtomicLong(nanos);
  }

  /// A clock that is about to overflow, as `System.nanoTime` may be.
  public ManualClock() {
    this(Long.MAX_VALUE - 1_000_000);
  }

  /// Moves on.
  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public long getAsLong() {
    return nanos.get();
  }
}
