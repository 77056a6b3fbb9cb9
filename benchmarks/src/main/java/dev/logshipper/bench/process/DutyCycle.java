package dev.logshipper.bench.process;

import dev.logshipper.sandbox.environment.Sandbox;

/// Limits CPU time without a control group: a sandbox's processes run for a share of each period
/// and are stopped for the remainder. Coarser than a cgroup: a sleeping process uses up its share
/// too, and two threads may run in parallel.
final class DutyCycle implements AutoCloseable {
  private static final long PERIOD_NANOS = 20_000_000;

  private final Sandbox sandbox;
  private final double share;
  private final Thread thread;
  private volatile boolean ended;

  /// Starts.
  ///
  /// @param share of the time, between 0 and 1
  DutyCycle(Sandbox sandbox, double share) {
    this.sandbox = sandbox;
    this.share = share;
    this.thread = Thread.ofPlatform().daemon().name("duty-cycle").start(this::alternate);
  }

  private void alternate() {
    try {
      while (!ended) {
        long runNanos = Math.round(PERIOD_NANOS * share);
        pause(runNanos);
        sandbox.suspend();
        pause(PERIOD_NANOS - runNanos);
        sandbox.resume();
      }
    } catch (IllegalStateException _) {
      // The environment has ended.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(long nanos) throws InterruptedException {
    Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
  }

  /// Ends the limit.
  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
