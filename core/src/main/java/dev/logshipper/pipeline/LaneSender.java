package dev.logshipper.pipeline;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.SendResult.Cause;
import dev.logshipper.sink.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The thread of one lane: opens the sink, then delivers one batch after another, with retries; a
/// sink makes one attempt.
final class LaneSender {
  /// A sink has a shorter limit of its own; this one only keeps a careless sink from blocking its
  /// lane forever.
  private static final Duration SEND_MAX = Duration.ofSeconds(60);

  /// Attempts in a row after which a sink that delivers nothing, yet reports progress, backs off.
  private static final int WITHOUT_PROGRESS_MAX = 40;

  private final Lane lane;
  private final RecordBuffer buffer;
  private final Supplier<String> batchIds;
  private final Diagnostics diagnostics;
  private final LongSupplier nanoClock;
  private int withoutProgress;
  private @Nullable Outage outage;

  LaneSender(
      Lane lane,
      RecordBuffer buffer,
      Supplier<String> batchIds,
      Diagnostics diagnostics,
      LongSupplier nanoClock) {
    this.lane = lane;
    this.buffer = buffer;
    this.batchIds = batchIds;
    this.diagnostics = diagnostics;
    this.nanoClock = nanoClock;
  }

  /// Runs until the pipeline is closed.
  ///
  /// @param warmUpBy ends the time to prepare the first send; passed for no warm-up
  void run(Deadline warmUpBy) {
    Supplier<Sink> opener = lane.config.opener();
    OpenSink sink = opener == null ? null : OpenSink.open(lane.config.name(), opener, diagnostics);
    if (sink == null) {
      buffer.change(lane::switchOff);
      return;
    }
    try {
      if (!warmUpBy.hasPassed()) {
        sink.warmUp(warmUpBy);
      }
      buffer.change(lane::warmedUp);
      InFlight batch = awaitBatch(sink);
      while (batch != null) {
        attempt(sink, batch);
        batch = awaitBatch(sink);
      }
    } catch (InterruptedException _) {
      // The shutdown ran out of time. Undelivered records are in the ledger.
    } finally {
      sink.close();
    }
  }

  /// Waits until a batch is to be attempted: a failed one again, or one that is due.
  ///
  /// @return null when the pipeline closes and no lane has anything to send (until then a late
  ///   delivery may add more), or no time left for it
  private @Nullable InFlight awaitBatch(OpenSink sink) throws InterruptedException {
    buffer.monitor.lockInterruptibly();
    try {
      lane.isAttempting = false;
      while (!buffer.isClosed()) {
        long now = nanoClock.getAsLong();
        long backoff = lane.backoff.nanosLeft(now);
        InFlight next = backoff > 0 ? null : next(sink, now);
        if (next != null) {
          lane.isAttempting = true;
          return next;
        }
        if (buffer.closeBy() != null && buffer.isFinished()) {
          // The others may be waiting for this lane.
          buffer.monitor.signalAll();
          return null;
        }
        backoff = lane.backoff.nanosLeft(now);
        if (backoff > 0) {
          buffer.monitor.awaitNanos(backoff);
        } else {
          awaitDue(now);
        }
      }
      return null;
    } finally {
      buffer.monitor.unlock();
    }
  }

  private void awaitDue(long nowNanos) throws InterruptedException {
    if (lane.isGivenUp()) {
      buffer.monitor.awaitNanos(Long.MAX_VALUE);
      return;
    }
    PoisonSearch search = lane.poisonSearch();
    long nanos = lane.trigger.nanosUntilStale(nowNanos);
    long left =
        buffer.monitor.awaitNanos(
            search == null ? nanos : Math.min(nanos, search.nanosUntilNext(nowNanos)));
    if (RecordBuffer.wasFrozen(left)) {
      lane.trigger.thawed(nanoClock.getAsLong());
    }
  }

  private @Nullable InFlight next(OpenSink sink, long nowNanos) {
    if (lane.isGivenUp()) {
      return null;
    }
    lane.backoff.end();
    PoisonSearch search = lane.poisonSearch();
    if (search != null) {
      return search.next(
          nowNanos,
          buffer.closeBy() != null,
          () -> startIfDue(sink, nowNanos),
          () -> start(sink, PoisonSearch.PROBE_BYTES_MAX));
    }
    InFlight first = lane.queue.firstInOrder();
    return first == null ? startIfDue(sink, nowNanos) : first;
  }

  /// Moves the first of the waiting records in flight if they are due.
  private @Nullable InFlight startIfDue(OpenSink sink, long nowNanos) {
    InFlight batch = null;
    while (batch == null && lane.trigger.isDue(sink.limits(), buffer.isUrgent(), nowNanos)) {
      batch = start(sink, Long.MAX_VALUE);
    }
    return batch;
  }

  private @Nullable InFlight start(OpenSink sink, long bytesMax) {
    InFlight batch = lane.startBatch(sink.limits(), bytesMax, batchIds);
    buffer.monitor.signalAll();
    return batch;
  }

  /// Attempts to send a batch, and what is left of it after progress.
  private void attempt(OpenSink sink, InFlight batch) throws InterruptedException {
    boolean goesOn = true;
    while (goesOn && !buffer.read(buffer::isClosed)) {
      long begin = nanoClock.getAsLong();
      buffer.change(() -> lane.requested(batch, begin));
      SendResult result = attempt(sink, batch.batch);
      long nanos = nanoClock.getAsLong() - begin;
      if (result == null) {
        withoutProgress = 0;
        batch.isRetry = true;
        continue;
      }
      goesOn = result instanceof SendResult.Progress;
      batch.isRetry = !goesOn;
      settle(batch, result, nanos);
    }
  }

  /// Makes one attempt.
  ///
  /// @return null when it was abandoned without result
  private @Nullable SendResult attempt(OpenSink sink, Batch batch) throws InterruptedException {
    SendResult result;
    try {
      result = sink.send(batch, sendDeadline());
    } catch (InterruptedException end) {
      if (locked(lane::ended)) {
        return null;
      }
      throw end;
    }
    if (locked(lane::ended)) {
      clearInterrupt();
      if (result instanceof SendResult.Retry) {
        return null;
      }
    }
    boolean fruitless = result instanceof SendResult.Progress progress && progress.delivered() == 0;
    withoutProgress = fruitless ? withoutProgress + 1 : 0;
    return withoutProgress > WITHOUT_PROGRESS_MAX
        ? SendResult.retry("nothing delivered in " + withoutProgress + " attempts")
        : result;
  }

  /// The attempt may have ended before the interrupt of the thread that abandoned it.
  private void clearInterrupt() {
    try {
      buffer.monitor.lockInterruptibly();
      buffer.monitor.unlock();
    } catch (InterruptedException _) {
      // Cleared.
    }
  }

  private Deadline sendDeadline() {
    Deadline closeBy = buffer.read(buffer::closeBy);
    if (closeBy == null) {
      return Deadline.after(SEND_MAX, nanoClock);
    }
    long typical = buffer.read(lane.latency::nanos);
    return closeBy.atMost(
        Duration.ofNanos(HungAttempt.nanosMax(typical, closeBy.remainingNanos())));
  }

  /// Accounts for the result of an attempt.
  private void settle(InFlight batch, SendResult result, long nanos) {
    // No switch over types: the JVM makes a class for one, while the first delivery waits.
    if (result instanceof SendResult.Delivered) {
      responded(batch, List.of(), List.of(), nanos);
    }
    if (result instanceof SendResult.Progress progress) {
      progressed(batch, progress.delivered(), nanos);
    }
    if (result instanceof SendResult.Partial partial) {
      responded(batch, partial, nanos);
    }
    if (result instanceof SendResult.Retry retry) {
      failed(batch, retry, false, nanos);
    }
    if (result instanceof SendResult.Rejected rejected) {
      rejected(batch, rejected, nanos);
    }
  }

  private void progressed(InFlight batch, int delivered, long nanos) {
    if (delivered > 0) {
      List<Integer> remaining = new ArrayList<>();
      for (int index = delivered; index < batch.batch.records().size(); index++) {
        remaining.add(index);
      }
      responded(batch, remaining, List.of(), nanos);
      batch.batch = batch.batch.remainder(delivered);
    }
  }

  private void responded(InFlight batch, SendResult.Partial partial, long nanos) {
    responded(batch, partial.retry(), partial.rejected(), nanos);
    if (!partial.rejected().isEmpty()) {
      warn("some records rejected", partial.reason(), "records dropped");
    }
    if (!partial.retry().isEmpty()) {
      batch.batch = batch.batch.remainder(partial.retry());
      failed(batch, new SendResult.Retry(Cause.BUSY, Duration.ZERO, partial.reason()), true, nanos);
    }
  }

  private void responded(InFlight batch, List<Integer> again, List<Integer> rejected, long nanos) {
    buffer.change(() -> {
      lane.responded(batch, again, rejected);
      lane.latency.record(nanos);
    });
    worksAgain();
  }

  private void rejected(InFlight batch, SendResult.Rejected rejected, long nanos) {
    String reason = rejected.reason();
    if (rejected.scope() == SendResult.Scope.BATCH) {
      warn("batch rejected", reason, "records dropped");
      buffer.change(() -> lane.rejected(batch));
      return;
    }
    int records = batch.size();
    long now = nanoClock.getAsLong();
    if (locked(() -> lane.keepsRejected(batch, now))) {
      Duration grace = lane.config.retries().rejectGrace();
      PoisonSearch.Next next = locked(() -> goOnAfterRejection(batch, nanos));
      if (next == PoisonSearch.Next.DROP) {
        warn("the endpoint rejects a record but accepts others", reason, "dropped");
      } else if (next == PoisonSearch.Next.BACK_OFF) {
        outage(now).rejecting(reason, grace);
      }
    } else if (outage == null) {
      warn("batch rejected", reason, "records dropped");
    } else {
      outage.rejected(reason, records, now);
    }
  }

  private PoisonSearch.Next goOnAfterRejection(InFlight batch, long attemptNanos) {
    long now = nanoClock.getAsLong();
    PoisonSearch.Next next =
        lane.failed(batch, PoisonSearch.REJECTION_WEIGHT, isClosing(), now, attemptNanos);
    if (next == PoisonSearch.Next.DROP) {
      lane.drop(batch, DropReason.REJECTED);
    } else if (next == PoisonSearch.Next.BACK_OFF) {
      // No invocation waits for an endpoint that may reject for some time.
      lane.backoff.waitTimedOut();
      long _ = backOff(Duration.ZERO, now);
    }
    return next;
  }

  /// Backs off, unless another batch can show at once whether the failure is the batch's own.
  ///
  /// @param shrunk whether the destination accepted other records of the batch
  private void failed(InFlight batch, SendResult.Retry retry, boolean shrunk, long nanos) {
    Outage current = outage(nanoClock.getAsLong());
    PoisonSearch.Next next = locked(() -> goOnAfterFailure(batch, retry, shrunk, nanos));
    if (next == PoisonSearch.Next.DROP) {
      warn("the destination fails with a record but accepts others", retry.reason(), "dropped");
    } else if (next == PoisonSearch.Next.BACK_OFF) {
      report(current, retry);
    }
  }

  private void report(Outage current, SendResult.Retry retry) {
    boolean often = buffer.read(lane.backoff::isOpen);
    if (retry.after().isPositive()) {
      long backoff = buffer.read(() -> lane.backoff.nanosLeft(nanoClock.getAsLong()));
      current.busy(retry.reason(), retry.after(), backoff, often);
    } else if (often && retry.cause() == Cause.ERROR) {
      current.failing(retry.reason());
    } else if (often && retry.cause() == Cause.BUSY) {
      current.busy(retry.reason());
    } else if (often) {
      current.unreachable(retry.reason());
    }
  }

  private PoisonSearch.Next goOnAfterFailure(
      InFlight batch, SendResult.Retry retry, boolean shrunk, long attemptNanos) {
    long now = nanoClock.getAsLong();
    PoisonSearch.Next next = PoisonSearch.Next.BACK_OFF;
    if (shrunk && lane.goesOnWith(batch, now)) {
      next = PoisonSearch.Next.GO_ON;
    } else if (retry.after().isZero()) {
      int weight = PoisonSearch.weight(retry.cause());
      next = lane.failed(batch, weight, isClosing(), now, attemptNanos);
    }
    if (next == PoisonSearch.Next.DROP) {
      lane.drop(batch, DropReason.POISONED);
    } else if (next == PoisonSearch.Next.BACK_OFF) {
      long _ = backOff(retry.after(), now);
    }
    return next;
  }

  private long backOff(Duration asked, long nowNanos) {
    long nanos = lane.backoff.failed(asked);
    Deadline closeBy = buffer.closeBy();
    if (closeBy == null) {
      lane.backoff.start(nanos, nowNanos);
    } else if (asked.isZero()) {
      lane.backoff.startWhileClosing(nanos, nowNanos);
    } else if (asked.compareTo(closeBy.remaining()) < 0) {
      lane.backoff.start(asked.toNanos(), nowNanos);
    } else {
      // It would only be asked for less than it needs.
      lane.giveUp();
    }
    return nanos;
  }

  private boolean isClosing() {
    return buffer.closeBy() != null;
  }

  /// The current outage; a new one when the destination worked until now.
  private Outage outage(long nowNanos) {
    Outage current = outage;
    if (current == null) {
      long dropped = buffer.read(lane::droppedTotal);
      current = new Outage(lane.config.name(), diagnostics, nowNanos, dropped);
      outage = current;
    }
    return current;
  }

  private void worksAgain() {
    Outage ended = outage;
    if (ended != null) {
      outage = null;
      ended.ended(buffer.read(lane::droppedTotal), nanoClock.getAsLong());
    }
  }

  /// Changes the lane under the lock, and wakes all waiting threads.
  private <T> T locked(Supplier<T> change) {
    buffer.monitor.lock();
    try {
      T result = change.get();
      buffer.monitor.signalAll();
      return result;
    } finally {
      buffer.monitor.unlock();
    }
  }

  private void warn(String what, String reason, String effect) {
    diagnostics.warn(lane.config.name() + ": " + what + " (" + reason + "); " + effect);
  }
}
