package dev.logshipper.pipeline;

import dev.logshipper.sink.Deadline;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A lane that has no sink yet, or none at all. Confined to the lane's thread.
final class SinklessLane {
  private final Lane lane;
  private final RecordBuffer buffer;
  private final AttemptResults results;
  private final Supplier<Deadline> deadlines;
  private final Supplier<String> batchIds;
  private final Consumer<InFlight> giver;
  private final LongSupplier nanoClock;

  /// @param deadlines returns the deadline of an attempt that begins now
  /// @param giver gives prepared records to the next lane of the chain
  SinklessLane(
      Lane lane,
      RecordBuffer buffer,
      AttemptResults results,
      Supplier<Deadline> deadlines,
      Supplier<String> batchIds,
      Consumer<InFlight> giver,
      LongSupplier nanoClock) {
    this.lane = lane;
    this.buffer = buffer;
    this.results = results;
    this.deadlines = deadlines;
    this.batchIds = batchIds;
    this.giver = giver;
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
    // No warm-up waits for something that is not there.
    buffer.change(lane::warmedUp);
    handOverUntil(() -> lane.backoff.nanosLeft(nanoClock.getAsLong()));
    buffer.change(lane.backoff::end);
    return !buffer.read(buffer::isClosed);
  }

  /// Without a sink, the next lane of the chain sends all records.
  void handOverUntilClosed() {
    if (lane.handover() == null) {
      return;
    }
    try {
      handOverUntil(() -> buffer.closeBy() != null && buffer.isFinished() ? 0 : Long.MAX_VALUE);
      buffer.change(() -> {});
    } catch (InterruptedException _) {
      // The shutdown ran out of time. Undelivered records are in the ledger.
    }
  }

  /// Hands records over for a time, or until the pipeline is closed.
  ///
  /// @param nanosLeft the time left, read under the lock
  private void handOverUntil(LongSupplier nanosLeft) throws InterruptedException {
    InFlight leaving = awaitLeaving(nanosLeft);
    while (leaving != null) {
      giver.accept(leaving);
      leaving = awaitLeaving(nanosLeft);
    }
  }

  private @Nullable InFlight awaitLeaving(LongSupplier nanosLeft) throws InterruptedException {
    buffer.monitor.lockInterruptibly();
    try {
      long left = nanosLeft.getAsLong();
      while (left > 0 && !buffer.isClosed()) {
        InFlight leaving =
            lane.mustHandOver(nanoClock.getAsLong()) ? lane.prepareHandover(batchIds) : null;
        if (leaving != null) {
          return leaving;
        }
        buffer.monitor.awaitNanos(left);
        left = nanosLeft.getAsLong();
      }
      return null;
    } finally {
      buffer.monitor.unlock();
    }
  }
}
