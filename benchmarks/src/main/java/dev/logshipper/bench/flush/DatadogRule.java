package dev.logshipper.bench.flush;

import dev.logshipper.advisor.simulation.FlushRule;
import dev.logshipper.advisor.simulation.SimulatedEnvironment;
import dev.logshipper.advisor.simulation.VirtualTime;

/// Datadog's default, after its source of 2026: flushes at the end until 20 invocations were seen,
/// or while they are two minutes apart; otherwise every 20 s at the start of an invocation, which
/// is held for it unless the last 20 started within 30 s.
final class DatadogRule implements FlushRule {
  private static final int SEEN = 20;
  private static final long RARE_NANOS = VirtualTime.nanos(120_000);
  private static final long OFTEN_NANOS = VirtualTime.nanos(30_000);
  private static final long PERIOD_NANOS = VirtualTime.nanos(20_000);

  private final long[] starts = new long[SEEN];
  private int invocations;
  private long flushedNanos;

  @Override
  public void serve(SimulatedEnvironment environment) {
    long now = environment.nanos();
    starts[invocations++ % SEEN] = now;
    long span = invocations < SEEN ? VirtualTime.NEVER : now - starts[invocations % SEEN];
    if (span >= RARE_NANOS * (SEEN - 1)) {
      environment.awaitEnd();
      environment.flush(VirtualTime.NEVER);
      flushedNanos = now;
    } else if (now - flushedNanos >= PERIOD_NANOS) {
      flushedNanos = now;
      if (span < OFTEN_NANOS) {
        environment.requestFlush();
      } else {
        environment.flush(VirtualTime.NEVER);
      }
    }
  }
}
