package dev.logshipper.pipeline;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.time.Monitor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where the listener, the lanes and the lifecycle meet: a [RecordStore] behind one lock, which is
/// held for a moment and never while anything is read, sent or parsed. All waiting is for a
/// condition, with a deadline.
final class RecordBuffer {
  /// While the environment shuts down there is no time for long rests between attempts.
  private static final long CLOSING_REST_NANOS_MAX = 250_000_000;

  /// Having waited in vain for less than this says nothing about a destination.
  private static final long VAIN_WAIT_NANOS_MIN = 500_000_000;

  /// A wait that ends so much too late was no busy machine's.
  static final long FREEZE_NANOS_MIN = 200_000_000;

  /// Time for the lifecycle, after a thaw, to say that a flush is coming.
  private static final long THAW_GRACE_NANOS = 100_000_000;

  private static final long EVERYTHING = Long.MAX_VALUE - 1;

  private final Monitor monitor;
  private final RecordStore store;
  private final LongSupplier nanoClock;
  private @Nullable Deadline closeBy;

  RecordBuffer(RecordStore store, Monitor monitor, LongSupplier nanoClock) {
    this.monitor = monitor;
    this.store = store;
    this.nanoClock = nanoClock;
  }

  void append(List<LogRecord> records) {
    change(() -> {
      long now = nanoClock.getAsLong();
      for (LogRecord record : records) {
        store.append(record, now);
      }
    });
  }

  long acceptedBytes() {
    return read(store::acceptedBytes);
  }

  long heldBytes() {
    return read(store::bytes);
  }

  /// Blocks until a batch is due and moves it in flight.
  ///
  /// @return null when the pipeline closes and no lane has anything more to send (until then a late
  ///   delivery may bring more), or no time for it
  @Nullable Batch take(LaneQueue lane, BatchLimits limits, Batcher batcher)
      throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      while (closeBy == null || !closeBy.hasPassed()) {
        Batcher.Waiting waiting = waiting(lane);
        Cut cut = batcher.cut(waiting);
        if (cut != null) {
          Batch batch = store.cut(lane, limits, batcher.batchBytes(), cut);
          monitor.signalAll();
          if (batch != null) {
            return batch;
          }
        } else if (closeBy != null && store.isSettledThrough(EVERYTHING)) {
          return null;
        } else {
          long left = monitor.awaitNanos(batcher.nanosUntilStale(waiting));
          if (left < -FREEZE_NANOS_MIN) {
            // Woken long after the time: the environment was frozen. An invocation is about to
            // begin, and with it perhaps a flush, which should not find its records gone ahead.
            long stale = nanoClock.getAsLong() - batcher.stalenessNanos();
            lane.restartAgeOnce(stale + THAW_GRACE_NANOS);
          }
        }
      }
      return null;
    } finally {
      monitor.unlock();
    }
  }

  private Batcher.Waiting waiting(LaneQueue lane) {
    Cut demand = closeBy == null ? lane.flushDemand() : Cut.SHUTDOWN;
    if (demand == null && store.isHalfFull()) {
      demand = Cut.BYTES;
    }
    long age = lane.oldestAgeNanos(nanoClock.getAsLong());
    return new Batcher.Waiting(lane.waitingRecords(), lane.waitingBytes(), age, demand);
  }

  void countRequest(LaneQueue lane, boolean repeated) {
    change(() -> lane.countRequest(repeated));
  }

  /// The destination responded: some records of the batch in flight are to be sent again, some are
  /// rejected, and all others are delivered.
  void responded(LaneQueue lane, List<Integer> retry, List<Integer> rejected, long sendNanos) {
    change(() -> {
      store.responded(lane, retry, rejected);
      lane.sendTime().took(sendNanos);
    });
  }

  /// The batch in flight was refused for good.
  void rejected(LaneQueue lane) {
    change(() -> store.rejected(lane));
  }

  /// The sink cannot be used.
  void switchOff(LaneQueue lane) {
    change(() -> store.switchOff(lane));
  }

  /// Notes a failed attempt and says how things stand with the destination.
  Breaker.State failed(LaneQueue lane) {
    monitor.lock();
    try {
      lane.breaker().failed();
      monitor.signalAll();
      return lane.breaker().state();
    } finally {
      monitor.unlock();
    }
  }

  /// Waits before another attempt. The beginning of a shutdown ends the wait: there is little time.
  ///
  /// @return whether to try again
  boolean rest(LaneQueue lane, long nanos) throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      boolean wasClosing = closeBy != null;
      long rest = wasClosing ? Math.min(nanos, CLOSING_REST_NANOS_MAX) : nanos;
      long until = nanoClock.getAsLong() + rest;
      lane.restUntil(until);
      monitor.signalAll();
      long left = rest;
      while (left > 0 && wasClosing == (closeBy != null)) {
        monitor.awaitNanos(left);
        left = until - nanoClock.getAsLong();
      }
      lane.endRest();
      return closeBy == null || !closeBy.hasPassed();
    } finally {
      monitor.unlock();
    }
  }

  /// A flush is coming: what waits may wait for it.
  void expectFlush() {
    change(() -> {
      for (LaneQueue lane : store.flushedLanes()) {
        lane.restartAge(nanoClock.getAsLong());
      }
    });
  }

  /// Lanes with thresholds send what is due.
  void invocationStarted() {
    change(() -> {
      for (LaneQueue lane : store.lanesWithThresholds()) {
        lane.invocationStarted(store.lastSequence(), nanoClock.getAsLong());
      }
    });
  }

  /// Waits for lanes with thresholds that are sending what was due.
  void awaitDue(Deadline deadline) throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      awaitDemands(store.lanesWithThresholds(), deadline);
    } finally {
      monitor.unlock();
    }
  }

  /// Asks every lane to send all it holds now, and does not wait for it.
  void demandFlushOfAll() {
    change(() -> store.demandFlush(Cut.FLUSH));
  }

  /// Asks every lane without thresholds to send all it holds now, and waits for those that may
  /// manage by the deadline and for what is due in the others.
  ///
  /// @return whether everything has come to an end
  boolean flush(Deadline deadline) throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      for (LaneQueue lane : store.flushedLanes()) {
        lane.demandFlush(store.lastSequence(), Cut.FLUSH);
      }
      monitor.signalAll();
      return awaitDemands(store.lanes(), deadline);
    } finally {
      monitor.unlock();
    }
  }

  private boolean awaitDemands(List<LaneQueue> lanes, Deadline deadline)
      throws InterruptedException {
    long start = nanoClock.getAsLong();
    while (!deadline.hasPassed() && isWorthWaiting(lanes, deadline)) {
      monitor.awaitNanos(deadline.remainingNanos());
    }
    boolean inVain = deadline.hasPassed() && nanoClock.getAsLong() - start >= VAIN_WAIT_NANOS_MIN;
    boolean met = true;
    for (LaneQueue lane : lanes) {
      if (!lane.hasMetDemand()) {
        met = false;
        if (inVain) {
          lane.breaker().waitedInVain();
        }
      }
    }
    return met;
  }

  /// Whether waiting for some of these lanes can help.
  private boolean isWorthWaiting(List<LaneQueue> lanes, Deadline deadline) {
    long latest = nanoClock.getAsLong() + deadline.remainingNanos();
    for (LaneQueue lane : lanes) {
      if (!lane.hasMetDemand() && lane.mayManageBy(latest)) {
        return true;
      }
    }
    return false;
  }

  /// What a send usually takes in the slowest lane that a flush waits for; empty when there is none
  /// whose destination is worth waiting for.
  OptionalLong usualSendNanos() {
    return read(store::usualSendNanos);
  }

  /// Begins the end: lanes send what they hold, hardly resting, until the deadline.
  void close(Deadline deadline) {
    change(() -> closeBy = deadline);
  }

  /// By when a send that begins now must have ended.
  Deadline sendDeadline(Deadline usual) {
    return read(() -> closeBy == null ? usual : closeBy);
  }

  /// Waits until nothing is waiting or in flight in any lane, or the deadline.
  void awaitEmpty(Deadline deadline) throws InterruptedException {
    monitor.lockInterruptibly();
    try {
      while (!store.isSettledThrough(EVERYTHING) && !deadline.hasPassed()) {
        monitor.awaitNanos(deadline.remainingNanos());
      }
    } finally {
      monitor.unlock();
    }
  }

  List<LaneLedger> ledgers() {
    return read(() -> {
      List<LaneLedger> ledgers = new ArrayList<>();
      for (LaneQueue lane : store.lanes()) {
        ledgers.add(lane.ledger());
      }
      return ledgers;
    });
  }

  private <T> T read(Supplier<T> question) {
    monitor.lock();
    try {
      return question.get();
    } finally {
      monitor.unlock();
    }
  }

  private void change(Runnable change) {
    monitor.lock();
    try {
      change.run();
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }
}
