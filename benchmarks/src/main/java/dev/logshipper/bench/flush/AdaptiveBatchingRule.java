package dev.logshipper.bench.flush;

import dev.logshipper.advisor.simulation.FlushRule;
import dev.logshipper.advisor.simulation.SimulatedEnvironment;
import dev.logshipper.advisor.simulation.VirtualTime;

/// The rule of the Adaptive Batching extension (S3): when an invocation starts and 4 KiB, 10
/// invocations or 10 seconds have accumulated, everything is sent and the invocation is held for
/// it.
final class AdaptiveBatchingRule implements FlushRule {
  private static final int INVOCATIONS_MAX = 10;
  private static final long BYTES_MAX = 4_096;
  private static final long NANOS_MAX = VirtualTime.nanos(10_000);

  private long flushedNanos = Long.MIN_VALUE / 2;
  private int invocations;

  @Override
  public void serve(SimulatedEnvironment environment) {
    invocations++;
    long now = environment.nanos();
    if (environment.bytesSinceFlush() >= BYTES_MAX
        || invocations >= INVOCATIONS_MAX
        || now - flushedNanos >= NANOS_MAX) {
      environment.flush(VirtualTime.NEVER);
      flushedNanos = now;
      invocations = 0;
    }
  }
}
