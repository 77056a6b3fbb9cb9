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
  private final AttemptResults results;
  private final @Nullable SpooledLane spooled;
  private final @Nullable AttemptTrace trace;
  private int withoutProgress;

  LaneSender(
      Lane lane,
      RecordBuffer buffer,
      Supplier<String> batchIds,
      Diagnostics diagnostics,
      LongSupplier nanoClock,
      @Nullable SpooledLane spooled) {
    this.lane = lane;
    this.spooled = spooled;
    this.buffer = buffer;
    this.batchIds = batchIds;
    this.diagnostics = diagnostics;
    this.nanoClock = nanoClock;
    this.results = new AttemptResults(lane, buffer, diagnostics, nanoClock);
    this.trace =
        diagnostics.isDebug() ? new AttemptTrace(lane, buffer, diagnostics, nanoClock) : null;
  }

  /// Runs until the pipeline is closed.
  ///
  /// @param warmUpBy ends the time to prepare the first send; passed for no warm-up
  void run(Deadline warmUpBy) {
    Prerequisite needed = lane.config.prerequisite();
    if (needed != null && !sinkless().obtain(needed)) {
      return;
    }
    Supplier<Sink> opener = lane.config.opener();
    OpenSink sink = opener == null ? null : OpenSink.open(lane.config.name(), opener, diagnostics);
    if (sink == null) {
      buffer.change(lane::switchOff);
      sinkless().handOverUntilClosed();
      return;
    }
    try {
      if (!warmUpBy.hasPassed()) {
        sink.warmUp(warmUpBy);
      }
      buffer.change(lane::warmedUp);
      if (spooled != null) {
        spooled.restore();
      }
      InFlight batch = awaitBatch(sink);
      while (batch != null) {
        if (lane.isAttempting) {
          attempt(sink, batch);
        } else {
          handOver(batch);
        }
        batch = awaitBatch(sink);
      }
    } catch (InterruptedException _) {
      // The shutdown ran out of time. Undelivered records are in the ledger.
    } finally {
      sink.close();
    }
  }

  private SinklessLane sinkless() {
    return new SinklessLane(
        lane, buffer, results, this::sendDeadline, batchIds, this::handOver, nanoClock);
  }

  /// Gives records to the next lane of the chain, without anything that this lane redacts.
  private void handOver(InFlight leaving) {
    boolean _ = redact(leaving);
    buffer.change(lane::handOverPrepared);
  }

  /// Waits until a batch is to be attempted (a failed one again, or one that is due), or to be
  /// prepared for the next lane of the chain, if the lane is not [Lane#isAttempting].
  ///
  /// @return null when the pipeline closes and no lane has anything to send (until then a late
  ///   delivery may add more), or no time left for it
  private @Nullable InFlight awaitBatch(OpenSink sink) throws InterruptedException {
    buffer.monitor.lockInterruptibly();
    try {
      lane.isAttempting = false;
      while (!buffer.isClosed()) {
        long now = nanoClock.getAsLong();
        InFlight leaving = lane.mustHandOver(now) ? lane.prepareHandover(batchIds) : null;
        if (leaving != null) {
          return leaving;
        }
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
    PoisonSearch search = lane.responses.poisonSearch();
    long nanos = lane.trigger.nanosUntilStale(nowNanos);
    long left =
        buffer.monitor.awaitNanos(
            search == null ? nanos : Math.min(nanos, search.nanosUntilNext(nowNanos)));
    if (RecordBuffer.wasFrozen(left)) {
      lane.trigger.thawed(nanoClock.getAsLong());
    }
  }

  private @Nullable InFlight next(OpenSink sink, long nowNanos) {
    InFlight taken = null;
    InFlight chosen = lane.isGivenUp() ? null : choose(sink, nowNanos);
    while (taken == null && chosen != null) {
      taken = lane.take(chosen, sink.limits());
      if (taken == null) {
        // The next lane of the chain may have received the record.
        buffer.monitor.signalAll();
        chosen = choose(sink, nowNanos);
      }
    }
    return taken;
  }

  private @Nullable InFlight choose(OpenSink sink, long nowNanos) {
    lane.backoff.end();
    PoisonSearch search = lane.responses.poisonSearch();
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
    boolean goesOn = redact(batch);
    while (goesOn && !buffer.read(buffer::isClosed)) {
      long begin = nanoClock.getAsLong();
      Deadline deadline = sendDeadline();
      buffer.change(() -> lane.requested(batch, begin, deadline));
      SendResult result = attempt(sink, batch.batch, deadline);
      long nanos = nanoClock.getAsLong() - begin - deadline.frozenNanos();
      if (trace != null) {
        trace.attempted(batch, result, nanos);
      }
      if (result == null) {
        withoutProgress = 0;
        batch.isRetry = true;
        goesOn = !results.abandoned(batch);
        continue;
      }
      goesOn = result instanceof SendResult.Progress;
      batch.isRetry = !goesOn;
      results.settle(batch, result, nanos);
      if (trace != null) {
        trace.settled();
      }
    }
    if (spooled != null) {
      spooled.attempted();
    }
  }

  /// Applies the lane's redaction before the first attempt.
  ///
  /// @return whether there is anything to send
  private boolean redact(InFlight batch) {
    LaneControl.Redaction redaction = lane.config.control().redaction();
    if (redaction == null || batch.isRedacted) {
      return true;
    }
    List<LogRecord> records = batch.batch.records();
    List<LogRecord> redacted = new ArrayList<>(records.size());
    List<Integer> kept = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      LogRecord record = redaction.redact(records.get(i));
      if (record != null) {
        redacted.add(record);
        kept.add(i);
      }
    }
    buffer.change(() -> lane.redacted(batch, redacted, kept));
    return !redacted.isEmpty();
  }

  /// Makes one attempt.
  ///
  /// @return null when it was abandoned without result
  private @Nullable SendResult attempt(OpenSink sink, Batch batch, Deadline deadline)
      throws InterruptedException {
    SendResult result;
    try {
      result = sink.send(batch, deadline);
    } catch (InterruptedException end) {
      if (buffer.read(lane.attempt::end)) {
        return null;
      }
      throw end;
    }
    if (buffer.read(lane.attempt::end)) {
      clearInterrupt();
      if (result instanceof SendResult.Retry) {
        return null;
      }
    }
    boolean fruitless = result instanceof SendResult.Progress progress && progress.delivered() == 0;
    withoutProgress = fruitless ? withoutProgress + 1 : 0;
    return withoutProgress > WITHOUT_PROGRESS_MAX
        ? SendResult.notSent("nothing delivered in " + withoutProgress + " attempts")
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
      return Deadline.ofRunning(SEND_MAX, nanoClock);
    }
    long typical = buffer.read(lane.latency::nanos);
    return closeBy.atMost(
        Duration.ofNanos(HungAttempt.nanosMax(typical, closeBy.remainingNanos())));
  }
}
