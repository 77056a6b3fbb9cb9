package dev.logshipper.testkit;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// A sink that responds by a script, and then accepts everything. Counts violations of the caller's
/// rules in [Sink]: sends do not overlap, none follows close, batches are within the limits.
/// Thread-safe.
public final class FakeSink implements Sink {
  private final BatchLimits limits;
  private final ConcurrentLinkedQueue<Response> script = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Batch> sent = new LinkedBlockingQueue<>();
  private final List<String> arrived = new ArrayList<>();
  private final AtomicInteger sending = new AtomicInteger();
  private final AtomicInteger closes = new AtomicInteger();
  private final AtomicInteger violations = new AtomicInteger();

  /// The result of one send.
  @FunctionalInterface
  public interface Response {
    /// As in [Sink#send].
    SendResult to(Batch batch, Deadline deadline) throws IOException, InterruptedException;
  }

  /// With these limits.
  public FakeSink(BatchLimits limits) {
    this.limits = limits;
  }

  /// With limits of a mebibyte.
  public FakeSink() {
    this(new BatchLimits(1_000, 1 << 20, 1 << 20, 0));
  }

  /// Adds to the script.
  public FakeSink responding(Response... responses) {
    script.addAll(List.of(responses));
    return this;
  }

  /// Adds results to the script.
  public FakeSink responding(SendResult... results) {
    for (SendResult result : results) {
      script.add((batch, deadline) -> result);
    }
    return this;
  }

  /// Adds a send that lasts until it is interrupted.
  ///
  /// @return opens when the send begins
  public CountDownLatch hanging() {
    CountDownLatch begun = new CountDownLatch(1);
    script.add((batch, deadline) -> {
      begun.countDown();
      new CountDownLatch(1).await();
      return SendResult.DELIVERED;
    });
    return begun;
  }

  /// Adds a send that succeeds once `release` is open.
  ///
  /// @return opens when the send begins
  public CountDownLatch held(CountDownLatch release) {
    CountDownLatch begun = new CountDownLatch(1);
    script.add((batch, deadline) -> {
      begun.countDown();
      release.await();
      return SendResult.DELIVERED;
    });
    return begun;
  }

  /// The next batch passed to [#send].
  public Batch nextSent() throws InterruptedException {
    return Wait.next(sent);
  }

  /// Whether all batches were read by [#nextSent()].
  public boolean hasNoMoreSent() {
    return sent.isEmpty();
  }

  /// The texts of the acknowledged records in order.
  public List<String> arrived() {
    synchronized (arrived) {
      return List.copyOf(arrived);
    }
  }

  /// The number of calls of [#close()].
  public int closes() {
    return closes.get();
  }

  /// The number of violations.
  public int violations() {
    return violations.get();
  }

  @Override
  public BatchLimits limits() {
    return limits;
  }

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    if (sending.incrementAndGet() > 1 || closes.get() > 0 || !isWithinLimits(batch)) {
      violations.incrementAndGet();
    }
    try {
      sent.add(batch);
      Response response = script.poll();
      SendResult result = response == null ? SendResult.DELIVERED : response.to(batch, deadline);
      acknowledge(batch, result);
      return result;
    } finally {
      sending.decrementAndGet();
    }
  }

  private boolean isWithinLimits(Batch batch) {
    int records = batch.records().size();
    return records <= limits.recordsMax()
        && batch.contentBytes() + (long) records * limits.recordOverheadBytes()
            <= limits.bytesMax();
  }

  private void acknowledge(Batch batch, SendResult result) {
    List<Integer> failed =
        switch (result) {
          case SendResult.Delivered _ -> List.of();
          case SendResult.Partial partial -> {
            List<Integer> undelivered = new ArrayList<>(partial.retry());
            undelivered.addAll(partial.rejected());
            yield undelivered;
          }
          case SendResult.Progress progress ->
              IntStream.range(progress.delivered(), batch.records().size()).boxed().toList();
          case SendResult.Retry _, SendResult.Rejected _ -> null;
        };
    if (failed == null) {
      return;
    }
    synchronized (arrived) {
      for (int i = 0; i < batch.records().size(); i++) {
        if (!failed.contains(i)) {
          arrived.add(batch.records().get(i).text());
        }
      }
    }
  }

  @Override
  public void close() {
    if (sending.get() > 0) {
      violations.incrementAndGet();
    }
    closes.incrementAndGet();
  }
}
