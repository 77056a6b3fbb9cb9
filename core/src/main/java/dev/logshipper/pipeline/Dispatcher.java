package dev.logshipper.pipeline;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The life of one lane, on its own thread: opens the sink, then brings one batch after another to
/// an end. It owns the retries; a sink makes one attempt.
final class Dispatcher {
  /// A sink has a shorter limit of its own; this one only keeps a careless sink from blocking its
  /// lane for ever.
  private static final Duration SEND_MAX = Duration.ofSeconds(60);

  /// Between two attempts while the breaker is open: seldom enough to cost nothing, often enough to
  /// notice within a few seconds that a destination is back.
  private static final long PROBE_NANOS = 3_000_000_000L;

  /// Results without progress in a row that are taken for progress.
  private static final int FRUITLESS_MAX = 40;

  /// No environment lives as long; a server may name any number of seconds.
  private static final Duration ASKED_WAIT_MAX = Duration.ofDays(1);

  private final LaneQueue lane;
  private final LaneOptions options;
  private final RecordBuffer buffer;
  private final RetryPolicy retryPolicy;
  private final Diagnostics diagnostics;
  private final LongSupplier nanoClock;

  Dispatcher(
      LaneQueue lane,
      LaneOptions options,
      RecordBuffer buffer,
      RetryPolicy retryPolicy,
      Diagnostics diagnostics,
      LongSupplier nanoClock) {
    this.lane = lane;
    this.options = options;
    this.buffer = buffer;
    this.retryPolicy = retryPolicy;
    this.diagnostics = diagnostics;
    this.nanoClock = nanoClock;
  }

  String threadName() {
    return "log-shipper-dispatch-" + options.name();
  }

  /// Lives until the pipeline is closed.
  void run(WarmUp warmUp) {
    Opened opened = open();
    if (opened == null) {
      buffer.switchOff(lane);
      warmUp.ended();
      return;
    }
    Sink sink = opened.sink();
    try {
      warmUp.warmUp(sink);
      warmUp.ended();
      Batch batch = buffer.take(lane, opened.limits(), opened.batcher());
      while (batch != null) {
        deliver(sink, batch);
        batch = buffer.take(lane, opened.limits(), opened.batcher());
      }
    } catch (InterruptedException _) {
      // The shutdown ran out of time. What is not delivered stands in the ledger as left behind.
    } finally {
      close(sink);
    }
  }

  /// A sink that is ready, and what its limits mean for the batches.
  private record Opened(Sink sink, BatchLimits limits, Batcher batcher) {}

  private @Nullable Opened open() {
    Supplier<Sink> opener = options.opener().orElse(null);
    if (opener == null) {
      return null;
    }
    try {
      Sink sink = opener.get();
      BatchLimits limits = sink.limits();
      Batching batching = options.batching();
      Batcher batcher =
          new Batcher(
              Math.min(batching.cutBytes(), limits.bytesMax()),
              batching.batchBytes(),
              limits.recordsMax(),
              batching.staleness().toNanos());
      return new Opened(sink, limits, batcher);
    } catch (RuntimeException | Error e) {
      // A stranger's code may throw anything; the function must not notice.
      diagnostics.warn(
          options.name()
              + ": the sink cannot be opened ("
              + whyNotOpened(e)
              + "); records for it are dropped and counted");
      return null;
    }
  }

  /// What contradicts in the settings is for the user to know, and the SPI says that this message
  /// shows no secret.
  private static String whyNotOpened(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof IllegalArgumentException && message != null
        ? message
        : describe(failure);
  }

  private void deliver(Sink sink, Batch first) throws InterruptedException {
    Batch batch = first;
    boolean repeated = false;
    int fruitless = 0;
    while (true) {
      buffer.countRequest(lane, repeated);
      long begin = nanoClock.getAsLong();
      SendResult result = attempt(sink, batch);
      long tookNanos = nanoClock.getAsLong() - begin;
      repeated = true;
      // No switch over types: the JVM makes a class for one, while the first delivery waits.
      if (result instanceof SendResult.Delivered) {
        buffer.responded(lane, List.of(), List.of(), tookNanos);
        return;
      }
      if (result instanceof SendResult.Rejected rejected) {
        warn("refused a batch for good", rejected.reason(), "its records are dropped");
        buffer.rejected(lane);
        return;
      }
      if (result instanceof SendResult.Partial partial) {
        buffer.responded(lane, partial.retry(), partial.rejected(), tookNanos);
        if (!partial.rejected().isEmpty()) {
          warn("rejected some records", partial.reason(), "they are dropped");
        }
        if (partial.retry().isEmpty() || !restAfterFailure(Duration.ZERO, partial.reason())) {
          return;
        }
        batch = batch.remainder(partial.retry());
      } else if (result instanceof SendResult.Progress progress) {
        fruitless = progress.delivered() == 0 ? fruitless + 1 : 0;
        if (progress.delivered() > 0) {
          List<Integer> rest = indexesFrom(progress.delivered(), batch.records().size());
          buffer.responded(lane, rest, List.of(), tookNanos);
          batch = batch.remainder(progress.delivered());
        } else if (fruitless >= FRUITLESS_MAX && !restAfterFailure(Duration.ZERO, "no progress")) {
          return;
        }
        repeated = false;
      } else if (result instanceof SendResult.Retry retry
          && !restAfterFailure(retry.after(), retry.reason())) {
        return;
      }
    }
  }

  private static List<Integer> indexesFrom(int first, int end) {
    List<Integer> indexes = new ArrayList<>(end - first);
    for (int index = first; index < end; index++) {
      indexes.add(index);
    }
    return indexes;
  }

  private SendResult attempt(Sink sink, Batch batch) throws InterruptedException {
    Deadline deadline = buffer.sendDeadline(Deadline.after(SEND_MAX, nanoClock));
    try {
      SendResult result = Objects.requireNonNull(sink.send(batch, deadline));
      return isExact(result, batch.records().size())
          ? result
          : SendResult.retry("the sink reported impossible indexes in a batch");
    } catch (IOException e) {
      return SendResult.retry(describe(e));
    } catch (RuntimeException | Error e) {
      return SendResult.retry("the sink failed: " + describe(e));
    }
  }

  /// Whether a result can be true of a batch (rule S8).
  private static boolean isExact(SendResult result, int records) {
    if (result instanceof SendResult.Progress progress) {
      return progress.delivered() >= 0 && progress.delivered() < records;
    }
    return !(result instanceof SendResult.Partial partial)
        || isExact(partial.retry(), partial.rejected(), records);
  }

  private static boolean isExact(List<Integer> retry, List<Integer> rejected, int records) {
    if (retry.size() == records || (retry.isEmpty() && rejected.isEmpty())) {
      return false;
    }
    return isAscending(retry, records)
        && isAscending(rejected, records)
        && Collections.disjoint(retry, rejected);
  }

  private static boolean isAscending(List<Integer> indexes, int records) {
    int previous = -1;
    for (int index : indexes) {
      if (index <= previous || index >= records) {
        return false;
      }
      previous = index;
    }
    return true;
  }

  private boolean restAfterFailure(Duration asked, String reason) throws InterruptedException {
    Breaker.State state = buffer.failed(lane);
    Duration countable = asked.compareTo(ASKED_WAIT_MAX) < 0 ? asked : ASKED_WAIT_MAX;
    long nanos = retryPolicy.waitNanos(state.failures(), countable.toNanos());
    if (state.isOpen()) {
      warn(
          "cannot be reached",
          reason,
          "records are kept while the buffer lasts and tried again every few seconds");
      nanos = Math.max(nanos, retryPolicy.around(PROBE_NANOS));
    }
    return buffer.rest(lane, nanos);
  }

  private void warn(String what, String reason, String effect) {
    diagnostics.warn(options.name() + ": the destination " + what + " (" + reason + "); " + effect);
  }

  private void close(Sink sink) {
    try {
      sink.close();
    } catch (RuntimeException | Error e) {
      diagnostics.debug(options.name() + ": closing the sink failed: " + describe(e));
    }
  }

  /// A message may hold anything, so only the kind of failure is told.
  private static String describe(Throwable failure) {
    return failure.getClass().getName();
  }
}
