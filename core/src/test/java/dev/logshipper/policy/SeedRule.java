package dev.logshipper.policy;

/// The adaptive batching of the S3 seed: when an invocation begins and 4 KiB, 10 invocations or 10
/// seconds have come together, all is sent and waited for.
final class SeedRule implements Rule {
  private static final int INVOCATIONS_MAX = 10;
  private static final long BYTES_MAX = 4_096;
  private static final long NANOS_MAX = Clocked.nanos(10_000);

  private long flushedNanos = Long.MIN_VALUE / 2;
  private int invocations;

  @Override
  public void serve(Environment environment) {
    invocations++;
    long now = environment.nanos();
    if (environment.bytesSinceFlush() >= BYTES_MAX
        || invocations >= INVOCATIONS_MAX
        || now - flushedNanos >= NANOS_MAX) {
      environment.flush(Clocked.NEVER);
      flushedNanos = now;
      invocations = 0;
    }
  }
}
