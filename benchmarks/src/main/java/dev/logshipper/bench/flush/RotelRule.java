package dev.logshipper.bench.flush;

import dev.logshipper.advisor.simulation.FlushRule;
import dev.logshipper.advisor.simulation.SimulatedEnvironment;
import dev.logshipper.advisor.simulation.VirtualTime;

/// Rotel's rule, after its source of 2026: flushes at the end until 20 invocations were seen, or
/// while they are a minute apart (moving average); otherwise every 20 s at the start of an
/// invocation, which is held for it. Five idle minutes reset it.
final class RotelRule implements FlushRule {
  private static final int SEEN = 20;
  private static final double WEIGHT = 0.07;
  private static final long RARE_NANOS = VirtualTime.nanos(60_000);
  private static final long PERIOD_NANOS = VirtualTime.nanos(20_000);
  private static final long FORGET_NANOS = VirtualTime.nanos(300_000);

  private int invocations;
  private double meanNanos;
  private long latestNanos;
  private long flushedNanos;

  @Override
  public void serve(SimulatedEnvironment environment) {
    long now = environment.nanos();
    learn(now);
    if (invocations < SEEN || meanNanos >= RARE_NANOS) {
      environment.awaitEnd();
      environment.flush(VirtualTime.NEVER);
      flushedNanos = now;
    } else if (now - flushedNanos >= PERIOD_NANOS) {
      flushedNanos = now;
      environment.flush(VirtualTime.NEVER);
    }
  }

  private void learn(long now) {
    long interval = now - latestNanos;
    if (invocations > 0 && interval > FORGET_NANOS) {
      invocations = 0;
    } else if (invocations > 0) {
      meanNanos = invocations == 1 ? interval : meanNanos + WEIGHT * (interval - meanNanos);
    }
    latestNanos = now;
    invocations++;
  }
}
