package dev.logshipper.pipeline;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
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
      Batch batch = awaitBatch(sink);
      while (batch != null) {
        deliver(sink, batch);
        batch = awaitBatch(sink);
      }
    } catch (InterruptedException _) {
      // The shutdown ran out of time. Undelivered records are in the ledger.
    } finally {
      sink.close();
    }
  }

  /// Waits until a batch is due and moves it in flight.
  ///
  /// @return null when the pipeline closes and no lane has anything to send (until then a late
  ///   delivery may add more), or no time left for it
  private @Nullable Batch awaitBatch(OpenSink sink) throws InterruptedException {
    buffer.monitor.lockInterruptibly();
    try {
      while (!buffer.isClosed()) {
        long now = nanoClock.getAsLong();
        if (lane.trigger.isDue(sink.limits(), buffer.isUrgent(), now)) {
          List<LogRecord> records = lane.startBatch(sink.limits());
          buffer.monitor.signalAll();
          if (!records.isEmpty()) {
            return new Batch(batchIds.get(), records);
          }
        } else if (buffer.closeBy() != null && buffer.isEmpty()) {
          return null;
        } else {
          long left = buffer.monitor.awaitNanos(lane.trigger.nanosUntilStale(now));
          if (RecordBuffer.wasFrozen(left)) {
            lane.trigger.thawed(nanoClock.getAsLong());
          }
        }
      }
      return null;
    } finally {
      buffer.monitor.unlock();
    }
  }

  private void deliver(OpenSink sink, Batch first) throws InterruptedException {
    Batch batch = first;
    boolean retry = false;
    while (batch != null) {
      boolean isRetry = retry;
      buffer.change(() -> lane.requested(isRetry));
      long begin = nanoClock.getAsLong();
      SendResult result = attempt(sink, batch);
      long nanos = nanoClock.getAsLong() - begin;
      retry = !(result instanceof SendResult.Progress);
      batch = settle(batch, result, nanos);
      if (buffer.read(buffer::isClosed)) {
        return;
      }
    }
  }

  private SendResult attempt(OpenSink sink, Batch batch) throws InterruptedException {
    SendResult result = sink.send(batch, sendDeadline());
    boolean fruitless = result instanceof SendResult.Progress progress && progress.delivered() == 0;
    withoutProgress = fruitless ? withoutProgress + 1 : 0;
    return withoutProgress > WITHOUT_PROGRESS_MAX
        ? SendResult.retry("nothing delivered in " + withoutProgress + " attempts")
        : result;
  }

  private Deadline sendDeadline() {
    Deadline longest = Deadline.after(SEND_MAX, nanoClock);
    Deadline closeBy = buffer.read(buffer::closeBy);
    return closeBy == null ? longest : closeBy;
  }

  /// Accounts for the result of an attempt, and backs off if necessary.
  ///
  /// @return the records to send next; null when the batch is finished
  private @Nullable Batch settle(Batch batch, SendResult result, long nanos)
      throws InterruptedException {
    // No switch over types: the JVM makes a class for one, while the first delivery waits.
    if (result instanceof SendResult.Delivered) {
      acknowledged(List.of(), List.of(), nanos);
      return null;
    }
    if (result instanceof SendResult.Progress progress) {
      return goOn(batch, progress.delivered(), nanos);
    }
    if (result instanceof SendResult.Partial partial) {
      return goOn(batch, partial, nanos);
    }
    if (result instanceof SendResult.Retry retry) {
      backOff(retry.after(), retry.reason());
      return batch;
    }
    if (result instanceof SendResult.Rejected rejected) {
      warn("batch rejected", rejected.reason(), "records dropped");
      buffer.change(lane::rejected);
    }
    return null;
  }

  private Batch goOn(Batch batch, int delivered, long nanos) {
    if (delivered > 0) {
      List<Integer> remaining = new ArrayList<>();
      for (int index = delivered; index < batch.records().size(); index++) {
        remaining.add(index);
      }
      acknowledged(remaining, List.of(), nanos);
    }
    return batch.remainder(delivered);
  }

  private @Nullable Batch goOn(Batch batch, SendResult.Partial partial, long nanos)
      throws InterruptedException {
    acknowledged(partial.retry(), partial.rejected(), nanos);
    if (!partial.rejected().isEmpty()) {
      warn("some records rejected", partial.reason(), "records dropped");
    }
    if (partial.retry().isEmpty()) {
      return null;
    }
    backOff(Duration.ZERO, partial.reason());
    return batch.remainder(partial.retry());
  }

  private void acknowledged(List<Integer> again, List<Integer> rejected, long nanos) {
    buffer.change(() -> {
      lane.responded(again, rejected);
      lane.latency.record(nanos);
    });
  }

  /// Waits after a failed attempt. The start of a shutdown ends the wait: there is little time.
  private void backOff(Duration asked, String reason) throws InterruptedException {
    long nanos = buffer.read(() -> lane.backoff.failed(asked));
    if (buffer.read(lane.backoff::isOpen)) {
      warn("destination unreachable", reason, "buffering, retrying every few seconds");
    }
    buffer.monitor.lockInterruptibly();
    try {
      boolean closing = buffer.closeBy() != null;
      long until = lane.backoff.start(nanos, closing, nanoClock.getAsLong());
      buffer.monitor.signalAll();
      long left = until - nanoClock.getAsLong();
      while (left > 0 && closing == (buffer.closeBy() != null)) {
        buffer.monitor.awaitNanos(left);
        left = until - nanoClock.getAsLong();
      }
      lane.backoff.end();
    } finally {
      buffer.monitor.unlock();
    }
  }

  private void warn(String what, String reason, String effect) {
    diagnostics.warn(lane.config.name() + ": " + what + " (" + reason + "); " + effect);
  }
}
