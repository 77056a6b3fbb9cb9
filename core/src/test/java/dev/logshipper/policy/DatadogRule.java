package dev.logshipper.policy;

/// Datadog's default, as its source has it in 2026: at the end until 20 invocations were seen or
/// while they come two minutes apart; else every 20 s when an invocation begins, waited for unless
/// the 20 came within 30 s.
final class DatadogRule implements Rule {
  private static final int SEEN = 20;
  private static final long RARE_NANOS = Clocked.nanos(120_000);
  private static final long OFTEN_NANOS = Clocked.nanos(30_000);
  private static final long PERIOD_NANOS = Clocked.nanos(20_000);

  private final long[] starts = new long[SEEN];
  private int invocations;
  private long flushedNanos;

  @Override
  public void serve(Environment environment) {
    long now = environment.nanos();
    starts[invocations++ % SEEN] = now;
    long span = invocations < SEEN ? Clocked.NEVER : now - starts[invocations % SEEN];
    if (span >= RARE_NANOS * (SEEN - 1)) {
      environment.awaitEnd();
      environment.flush(Clocked.NEVER);
      flushedNanos = now;
    } else if (now - flushedNanos >= PERIOD_NANOS) {
      flushedNanos = now;
      if (span < OFTEN_NANOS) {
        environment.demandFlush();
      } else {
        environment.flush(Clocked.NEVER);
      }
    }
  }
}
