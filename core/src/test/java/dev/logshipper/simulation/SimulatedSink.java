package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/// A sink and its destination, which fails in the ways of its scenario until it is healthy.
final class SimulatedSink implements Sink {
  private static final long OWN_LIMIT_NANOS = 10_000_000_000L;
  private static final long DEAF_NANOS_MAX = 4_000_000_000L;

  /// A connection does not survive a longer stop in the middle of a send.
  private static final long DEAD_AFTER_NANOS = 1_000_000_000;

  private final Scenario.Lane plan;
  private final LaneOracle book;
  private final SeededRandom random;
  private final SimulatedScheduler scheduler;
  private final Observer observer;

  /// Told of each send.
  interface Observer {
    void sendBegins(Batch batch, Deadline deadline);
  }

  SimulatedSink(
      Scenario.Lane plan,
      LaneOracle book,
      SeededRandom random,
      SimulatedScheduler scheduler,
      Observer observer) {
    this.plan = plan;
    this.book = book;
    this.random = random;
    this.scheduler = scheduler;
    this.observer = observer;
    book.opened();
  }

  @Override
  public BatchLimits limits() {
    return plan.limits();
  }

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    scheduler.checkNotOver();
    book.beginsToSend(batch, deadline);
    observer.sendBegins(batch, deadline);
    scheduler.say("sends " + batch);
    try {
      SendResult result = attempt(batch, deadline);
      scheduler.say("is answered " + kindOf(result));
      return result;
    } finally {
      book.endsSending();
    }
  }

  private static String kindOf(SendResult result) {
    return switch (result) {
      case SendResult.Delivered _ -> "delivered";
      case SendResult.Partial partial -> "all but " + partial.retry();
      case SendResult.Retry retry -> "retry: " + retry.reason() + ", after " + retry.after();
      case SendResult.Progress progress -> "the first " + progress.delivered();
      case SendResult.Rejected _ -> "rejected";
    };
  }

  private SendResult attempt(Batch batch, Deadline deadline)
      throws IOException, InterruptedException {
    boolean fails =
        scheduler.now() < plan.healthyFromNanos() && random.percent(plan.faultPercent());
    if (fails) {
      return fail(plan.faults().get(random.below(plan.faults().size())), batch, deadline);
    }
    long latency = random.between(0, plan.latencyNanosMax());
    long left = Math.min(deadline.remainingNanos(), OWN_LIMIT_NANOS);
    long begun = scheduler.now();
    sleep(batch, Math.min(latency, left));
    boolean dead = scheduler.now() - begun > latency + DEAD_AFTER_NANOS && random.percent(50);
    if (latency > left || dead) {
      return unknown(batch);
    }
    return deliver(batch);
  }

  /// Sleeps as blocking I/O does; an interrupt leaves the outcome unknown.
  private void sleep(Batch batch, long nanos) throws InterruptedException {
    try {
      scheduler.sleep(nanos);
    } catch (InterruptedException e) {
      unknown(batch);
      throw e;
    }
  }

  private SendResult deliver(Batch batch) {
    book.stores(batch, batch.records());
    book.acknowledgesAll();
    return SendResult.DELIVERED;
  }

  private SendResult unknown(Batch batch) {
    if (random.percent(50)) {
      book.stores(batch, batch.records());
    }
    return SendResult.retry("unknown");
  }

  private SendResult fail(Scenario.Fault fault, Batch batch, Deadline deadline)
      throws IOException, InterruptedException {
    long left = Math.min(deadline.remainingNanos(), OWN_LIMIT_NANOS);
    if (fault != Scenario.Fault.HANG && fault != Scenario.Fault.DEAF_TO_INTERRUPTS) {
      sleep(batch, Math.min(left, random.between(0, plan.latencyNanosMax())));
    }
    return switch (fault) {
      case RETRY -> SendResult.retry("down");
      case RETRY_AFTER -> {
        book.asks(plan.askedWait());
        yield SendResult.busy(plan.askedWait(), "throttled");
      }
      case PARTIAL -> deliverSome(batch);
      case IMPOSSIBLE_PARTIAL ->
          new SendResult.Partial(List.of(batch.records().size()), List.of(), "liar");
      case REJECTED -> {
        book.rejectsAll();
        yield SendResult.rejected("refused");
      }
      case IO_EXCEPTION -> throw new IOException();
      case DEFECT -> throw new IllegalStateException();
      case HANG -> {
        yield hang(batch, left);
      }
      case STORED_BUT_UNKNOWN -> {
        book.stores(batch, batch.records());
        yield SendResult.retry("unknown");
      }
      case DEAF_TO_INTERRUPTS -> {
        book.deaf();
        scheduler.sleepDeaf(random.between(0, DEAF_NANOS_MAX));
        yield random.percent(50) ? deliver(batch) : unknown(batch);
      }
    };
  }

  /// Some libraries make an exception of their own of an interrupt, and forget it.
  private SendResult hang(Batch batch, long nanos) throws IOException, InterruptedException {
    try {
      sleep(batch, nanos);
    } catch (InterruptedException e) {
      if (random.percent(50)) {
        throw new InterruptedIOException();
      }
      throw e;
    }
    return unknown(batch);
  }

  private SendResult deliverSome(Batch batch) {
    List<Integer> failed = new ArrayList<>();
    List<LogRecord> kept = new ArrayList<>();
    for (int i = 0; i < batch.records().size(); i++) {
      if (random.percent(50)) {
        failed.add(i);
      } else {
        kept.add(batch.records().get(i));
      }
    }
    if (kept.isEmpty()) {
      return SendResult.retry("throttled");
    }
    book.stores(batch, kept);
    if (failed.isEmpty()) {
      book.acknowledgesAll();
      return SendResult.DELIVERED;
    }
    book.acknowledgesAllBut(failed);
    return new SendResult.Partial(failed, List.of(), "throttled");
  }

  @Override
  public void close() {
    if (!scheduler.isOver()) {
      book.closed();
    }
  }
}
