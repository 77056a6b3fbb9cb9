package dev.logshipper;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Ids that are unique across environments and time: a random part for the process, the time, a
/// number. The time distinguishes environments restored from one snapshot, which share the random
/// part. Thread-safe.
final class BatchIds implements Supplier<String> {
  private final String process = Long.toHexString(ThreadLocalRandom.current().nextLong());
  private final AtomicLong number = new AtomicLong();
  private final LongSupplier epochMillisClock;

  BatchIds(LongSupplier epochMillisClock) {
    this.epochMillisClock = epochMillisClock;
  }

  /// The part that all ids of this process have in common.
  String process() {
    return process;
  }

  @Override
  public String get() {
    return process + "-" + epochMillisClock.getAsLong() + "-" + number.incrementAndGet();
  }
}
