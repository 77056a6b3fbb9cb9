package dev.logshipper.policy;

/// Rotel's rule, as its source has it in 2026: at the end until 20 invocations were seen or while
/// they come a minute apart, on a moving average; else every 20 s when an invocation begins, waited
/// for. Five idle minutes make it forget.
final class RotelRule implements Rule {
  private static final int SEEN = 20;
  private static final double WEIGHT = 0.07;
  private static final long RARE_NANOS = Clocked.nanos(60_000);
  private static final long PERIOD_NANOS = Clocked.nanos(20_000);
  private static final long FORGET_NANOS = Clocked.nanos(300_000);

  private int invocations;
  private double meanNanos;
  private long latestNanos;
  private long flushedNanos;

  @Override
  public void serve(Environment environment) {
    long now = environment.nanos();
    learn(now);
    if (invocations < SEEN || meanNanos >= RARE_NANOS) {
      environment.awaitEnd();
      environment.flush(Clocked.NEVER);
      flushedNanos = now;
    } else if (now - flushedNanos >= PERIOD_NANOS) {
      flushedNanos = now;
      environment.flush(Clocked.NEVER);
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
