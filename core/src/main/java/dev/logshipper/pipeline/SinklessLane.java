package dev.logshipper.pipeline;

import dev.logshipper.sink.Deadline;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A lane that has no sink yet, or none at all. Confined to the lane's thread.
final class SinklessLane {
  private final Lane lane;
  private final RecordBuffer buffer;
  private final AttemptResults results;
  private final Supplier<Deadline> deadlines;
  private final LongSupplier nanoClock;

  /// @param deadlines returns the deadline of an attempt that begins now
  SinklessLane(
      Lane lane,
      RecordBuffer buffer,
      AttemptResults results,
      Supplier<Deadline> deadlines,
      LongSupplier nanoClock) {
    this.lane = lane;
    this.buffer = buffer;
    this.results = results;
    this.deadlines = deadlines;
    this.nanoClock = nanoClock;
  }

  /// Obtains something that the sink needs, with as many attempts as it takes. Records wait
  /// meanwhile, as they do for a destination that cannot be reached.
  ///
  /// @return false when the pipeline was closed first
  boolean obtain(Prerequisite needed) {
    try {
      String failure = needed.obtain(deadlines.get());
      while (failure != null) {
        results.notReady(failure);
        if (!awaitNextAttempt()) {
          return false;
        }
        failure = needed.obtain(deadlines.get());
      }
      buffer.change(lane.backoff::succeeded);
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  private boolean awaitNextAttempt() throws InterruptedException {
    buffer.monitor.lockInterruptibly();
    try {
      // No warm-up waits for something that is not there.
      lane.warmedUp();
      buffer.monitor.signalAll();
      long left = lane.backoff.nanosLeft(nanoClock.getAsLong());
      while (left > 0 && !buffer.isClosed()) {
        if (lane.mustHandOver(nanoClock.getAsLong())) {
          buffer.handOver(lane);
        }
        buffer.monitor.awaitNanos(left);
        left = lane.backoff.nanosLeft(nanoClock.getAsLong());
      }
      lane.backoff.end();
      return !buffer.isClosed();
    } finally {
      buffer.monitor.unlock();
    }
  }

  /// Without a sink, the next lane of the chain sends all records.
  void handOverUntilClosed() {
    if (lane.handover() == null) {
      return;
    }
    buffer.monitor.lock();
    try {
      while (!buffer.isClosed() && !(buffer.closeBy() != null && buffer.isFinished())) {
        buffer.handOver(lane);
        buffer.monitor.awaitNanos(Long.MAX_VALUE);
      }
      buffer.monitor.signalAll();
    } catch (InterruptedException _) {
      // The shutdown ran out of time. Undelivered records are in the ledger.
    } finally {
      buffer.monitor.unlock();
    }
  }
}
