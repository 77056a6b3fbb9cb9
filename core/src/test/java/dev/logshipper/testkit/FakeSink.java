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

/// A destination that answers by a script and, when that is at its end, takes everything. It holds
/// its caller to the rules of [Sink]: sends do not overlap, nothing is sent after it was closed.
/// Thread-safe.
public final class FakeSink implements Sink {
  private final BatchLimits limits;
  private final ConcurrentLinkedQueue<Answer> script = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Batch> sent = new LinkedBlockingQueue<>();
  private final List<String> arrived = new ArrayList<>();
  private final AtomicInteger sending = new AtomicInteger();
  private final AtomicInteger closes = new AtomicInteger();
  private final AtomicInteger violations = new AtomicInteger();

  /// How one send goes.
  @FunctionalInterface
  public interface Answer {
    /// As in [Sink#send].
    SendResult to(Batch batch, Deadline deadline) throws IOException, InterruptedException;
  }

  /// A destination with narrow limits.
  public FakeSink(BatchLimits limits) {
    this.limits = limits;
  }

  /// A destination that takes megabytes.
  public FakeSink() {
    this(new BatchLimits(1_000, 1 << 20, 1 << 20, 0));
  }

  /// Adds to the script.
  public FakeSink answering(Answer... answers) {
    script.addAll(List.of(answers));
    return this;
  }

  /// Adds results to the script.
  public FakeSink answering(SendResult... results) {
    for (SendResult result : results) {
      script.add((batch, deadline) -> result);
    }
    return this;
  }

  /// Adds a send that goes on until it is interrupted, and tells that it has begun.
  public CountDownLatch hanging() {
    CountDownLatch begun = new CountDownLatch(1);
    script.add((batch, deadline) -> {
      begun.countDown();
      new CountDownLatch(1).await();
      return SendResult.DELIVERED;
    });
    return begun;
  }

  /// Adds a send that succeeds once the test says so, and tells that it has begun.
  public CountDownLatch held(CountDownLatch release) {
    CountDownLatch begun = new CountDownLatch(1);
    script.add((batch, deadline) -> {
      begun.countDown();
      release.await();
      return SendResult.DELIVERED;
    });
    return begun;
  }

  /// The next batch that somebody tried to send.
  public Batch nextSent() throws InterruptedException {
    return Wait.next(sent);
  }

  /// Whether nobody tried to send another.
  public boolean hasNoMoreSent() {
    return sent.isEmpty();
  }

  /// The texts of the records acknowledged, in their order.
  public List<String> arrived() {
    synchronized (arrived) {
      return List.copyOf(arrived);
    }
  }

  /// How often it was closed.
  public int closes() {
    return closes.get();
  }

  /// How often a rule was broken by the caller.
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
      Answer answer = script.poll();
      SendResult result = answer == null ? SendResult.DELIVERED : answer.to(batch, deadline);
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
