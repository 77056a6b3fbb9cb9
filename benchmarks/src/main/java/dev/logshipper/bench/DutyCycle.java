package dev.logshipper.bench;

import dev.logshipper.sandbox.environment.Sandbox;

/// Limits CPU time where no control group can be made: lets a sandbox's processes run for a share
/// of each period and stops them for the rest. Coarser than the kernel's way: what sleeps uses up
/// its share too, and two threads may run side by side in theirs.
final class DutyCycle implements AutoCloseable {
  private static final long PERIOD_NANOS = 20_000_000;

  private final Sandbox sandbox;
  private final double share;
  private final Thread thread;
  private volatile boolean ended;

  /// Begins.
  ///
  /// @param share of the time, above 0 and below 1
  DutyCycle(Sandbox sandbox, double share) {
    this.sandbox = sandbox;
    this.share = share;
    this.thread = Thread.ofPlatform().daemon().name("duty-cycle").start(this::turn);
  }

  private void turn() {
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

  /// Lets the processes run freely again.
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
