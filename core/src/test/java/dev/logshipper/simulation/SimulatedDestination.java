package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The destination of a simulated lane, which fails as its scenario specifies until it is healthy.
final class SimulatedDestination {
  private static final long TIMEOUT_NANOS = 10_000_000_000L;
  private static final long UNINTERRUPTIBLE_NANOS_MAX = 4_000_000_000L;

  /// A connection does not survive a longer freeze during a send.
  private static final long CONNECTION_LOST_AFTER_NANOS = 1_000_000_000;

  private final Scenario.Lane plan;
  private final LaneSends sends;
  private final SeededRandom random;
  private final SimulatedScheduler scheduler;
  private int withoutProgressLeft;
  private boolean impossible;

  SimulatedDestination(
      Scenario.Lane plan, LaneSends sends, SeededRandom random, SimulatedScheduler scheduler) {
    this.plan = plan;
    this.sends = sends;
    this.random = random;
    this.scheduler = scheduler;
  }

  /// Whether the latest result is impossible for its batch.
  boolean wasImpossible() {
    return impossible;
  }

  SendResult receive(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    impossible = false;
    boolean healthy = scheduler.now() >= plan.healthyFromNanos();
    if (!healthy && withoutProgressLeft > 0) {
      withoutProgressLeft--;
      return new SendResult.Progress(0);
    }
    if (!healthy && random.percent(plan.faultPercent())) {
      Scenario.Fault fault = plan.faults().get(random.below(plan.faults().size()));
      return fail(fault, batch, deadline);
    }
    if (isPoisoned(batch)) {
      scheduler.sleep(
          Math.min(deadline.remainingNanos(), random.between(0, plan.latencyNanosMax())));
      return new SendResult.Retry(plan.poisonCause(), Duration.ZERO, "poison");
    }
    long latency = random.between(0, plan.latencyNanosMax());
    long left = Math.min(deadline.remainingNanos(), TIMEOUT_NANOS);
    long begun = scheduler.now();
    scheduler.sleep(Math.min(latency, left));
    boolean connectionLost =
        scheduler.now() - begun > latency + CONNECTION_LOST_AFTER_NANOS && random.percent(50);
    return latency > left || connectionLost ? unknown() : SendResult.DELIVERED;
  }

  private boolean isPoisoned(Batch batch) {
    for (LogRecord record : batch.records()) {
      if (plan.isPoison(PlatformEvent.numberIn(record.text()))) {
        return true;
      }
    }
    return false;
  }

  private static SendResult unknown() {
    return SendResult.retry("outcome unknown");
  }

  private SendResult fail(Scenario.Fault fault, Batch batch, Deadline deadline)
      throws IOException, InterruptedException {
    long left = Math.min(deadline.remainingNanos(), TIMEOUT_NANOS);
    if (fault != Scenario.Fault.HANG && fault != Scenario.Fault.IGNORES_INTERRUPTS) {
      scheduler.sleep(Math.min(left, random.between(0, plan.latencyNanosMax())));
    }
    return switch (fault) {
      case RETRY -> SendResult.retry("unavailable");
      case ERROR -> SendResult.error("failed");
      case RETRY_AFTER -> SendResult.busy(plan.requestedDelay(), "throttled");
      case PROGRESS -> new SendResult.Progress(random.below(batch.records().size()));
      case NO_PROGRESS -> startWithoutProgress();
      case PARTIAL -> partial(batch.records().size());
      case IMPOSSIBLE -> impossible(batch.records().size());
      case REJECTED -> new SendResult.Rejected(SendResult.Scope.RECORDS, "invalid");
      case ENDPOINT_REJECTED -> SendResult.rejectedByEndpoint("no access");
      case IO_EXCEPTION -> throw new IOException();
      case DEFECT -> throw new IllegalStateException();
      case HANG -> hang(left);
      case IGNORES_INTERRUPTS -> ignoreInterrupts();
    };
  }

  /// A sink that learns in several attempts that the destination accepts less; some never do.
  private SendResult startWithoutProgress() {
    withoutProgressLeft = random.oneOf(0, 1, 5, 39, 40, 45);
    return new SendResult.Progress(0);
  }

  /// Delivers each record, rejects it, or requests a retry.
  private SendResult partial(int records) {
    boolean rejects = random.percent(50);
    boolean retries = !rejects || random.percent(50);
    List<Integer> retry = new ArrayList<>();
    List<Integer> rejected = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      if (retries && random.percent(40)) {
        retry.add(i);
      } else if (rejects && random.percent(40)) {
        rejected.add(i);
      }
    }
    if (retry.size() == records) {
      return SendResult.retry("throttled");
    }
    if (rejected.size() == records) {
      return new SendResult.Rejected(SendResult.Scope.RECORDS, "invalid");
    }
    if (retry.isEmpty() && rejected.isEmpty()) {
      return SendResult.DELIVERED;
    }
    return new SendResult.Partial(retry, rejected, "throttled or invalid");
  }

  private SendResult impossible(int records) {
    impossible = true;
    return switch (random.below(4)) {
      case 0 -> new SendResult.Partial(List.of(records), List.of(), "no such record");
      case 1 -> new SendResult.Partial(List.of(), List.of(-1), "no such record");
      case 2 -> new SendResult.Partial(List.of(), List.of(), "neither");
      default -> new SendResult.Progress(records);
    };
  }

  /// Some client libraries turn an interrupt into their own exception, and clear it.
  private SendResult hang(long nanos) throws IOException, InterruptedException {
    try {
      scheduler.sleep(nanos);
    } catch (InterruptedException e) {
      if (random.percent(50)) {
        throw new InterruptedIOException();
      }
      throw e;
    }
    return unknown();
  }

  private SendResult ignoreInterrupts() {
    sends.ignoreInterrupts();
    scheduler.sleepUninterruptibly(random.between(0, UNINTERRUPTIBLE_NANOS_MAX));
    return random.percent(50) ? SendResult.DELIVERED : unknown();
  }
}
