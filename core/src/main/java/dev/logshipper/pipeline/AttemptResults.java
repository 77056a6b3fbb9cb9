package dev.logshipper.pipeline;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.SendResult.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Accounts for the results of a lane's attempts: what is delivered, dropped or sent again, whether
/// the lane backs off, and what the log reports. Confined to the lane's thread.
final class AttemptResults {
  private final Lane lane;
  private final RecordBuffer buffer;
  private final Diagnostics diagnostics;
  private final LongSupplier nanoClock;
  private @Nullable Outage outage;

  AttemptResults(Lane lane, RecordBuffer buffer, Diagnostics diagnostics, LongSupplier nanoClock) {
    this.lane = lane;
    this.buffer = buffer;
    this.diagnostics = diagnostics;
    this.nanoClock = nanoClock;
  }

  /// The sink cannot be opened yet: the lane backs off.
  ///
  /// @param reason without secrets
  void notReady(String reason) {
    outage(nanoClock.getAsLong()).notReady(reason);
    buffer.change(() -> backOff(Duration.ZERO, nanoClock.getAsLong()));
  }

  /// Accounts for the result of an attempt.
  void settle(InFlight batch, SendResult result, long nanos) {
    LaneCosts costs = lane.costs;
    if (costs != null) {
      buffer.change(() -> costs.attempted(nanos));
    }
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

  /// An attempt was abandoned without result. During the shutdown, the next lane of the chain
  /// tries.
  ///
  /// @return whether it has the batch now
  boolean abandoned(InFlight batch) {
    return buffer.compute(() -> {
      Handover handover = isClosing() ? lane.handover() : null;
      if (handover != null) {
        handover.everything();
      }
      return handover != null;
    });
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
      warn("some records rejected", partial.reason(), effectOnRejected());
    }
    if (!partial.retry().isEmpty()) {
      batch.batch = batch.batch.remainder(partial.retry());
      failed(batch, new SendResult.Retry(Cause.BUSY, Duration.ZERO, partial.reason()), true, nanos);
    }
  }

  private void responded(InFlight batch, List<Integer> again, List<Integer> rejected, long nanos) {
    buffer.change(() -> {
      lane.responses.responded(batch, again, rejected);
      lane.latency.record(nanos);
    });
    worksAgain();
  }

  private void rejected(InFlight batch, SendResult.Rejected rejected, long nanos) {
    String reason = rejected.reason();
    if (rejected.scope() != SendResult.Scope.ENDPOINT) {
      boolean mayHalve = rejected.scope() == SendResult.Scope.BATCH;
      boolean halved = buffer.compute(() -> lane.responses.rejected(batch, mayHalve));
      warn("batch rejected", reason, halved ? "halving it" : effectOnRejected());
      return;
    }
    int records = batch.size();
    long now = nanoClock.getAsLong();
    if (buffer.compute(() -> lane.responses.keepsRejected(batch, now))) {
      Duration grace = lane.config.retries().rejectGrace();
      PoisonSearch.Next next = buffer.compute(() -> goOnAfterRejection(batch, nanos));
      if (next == PoisonSearch.Next.DROP) {
        warn("the endpoint rejects a record but accepts others", reason, "dropped");
      } else if (next == PoisonSearch.Next.BACK_OFF) {
        outage(now).rejecting(reason, grace);
      }
    } else if (outage == null) {
      warn("batch rejected", reason, effectOnRejected());
    } else {
      outage.rejected(reason, records, now);
    }
  }

  private String effectOnRejected() {
    return lane.handover() == null ? "records dropped" : "records handed over";
  }

  private PoisonSearch.Next goOnAfterRejection(InFlight batch, long attemptNanos) {
    long now = nanoClock.getAsLong();
    PoisonSearch.Next next =
        lane.responses.failed(batch, PoisonSearch.REJECTION_WEIGHT, isClosing(), now, attemptNanos);
    if (next == PoisonSearch.Next.DROP) {
      lane.exit.remove(batch, DropReason.REJECTED);
    } else if (next == PoisonSearch.Next.BACK_OFF) {
      // No invocation waits for an endpoint that may reject for some time.
      lane.backoff.waitTimedOut();
      backOff(Duration.ZERO, now);
    }
    return next;
  }

  /// Backs off, unless another batch can show at once whether the failure is the batch's own.
  ///
  /// @param shrunk whether the destination accepted other records of the batch
  private void failed(InFlight batch, SendResult.Retry retry, boolean shrunk, long nanos) {
    Outage current = outage(nanoClock.getAsLong());
    PoisonSearch.Next next = buffer.compute(() -> goOnAfterFailure(batch, retry, shrunk, nanos));
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
    } else if (often && retry.cause() == Cause.NOT_SENT) {
      current.notSent(retry.reason());
    } else if (often) {
      current.unreachable(retry.reason());
    }
  }

  private PoisonSearch.Next goOnAfterFailure(
      InFlight batch, SendResult.Retry retry, boolean shrunk, long attemptNanos) {
    long now = nanoClock.getAsLong();
    PoisonSearch search = lane.responses.poisonSearch();
    PoisonSearch.Next next = PoisonSearch.Next.BACK_OFF;
    if (shrunk && lane.responses.goesOnWith(batch, now)) {
      next = PoisonSearch.Next.GO_ON;
    } else if (retry.after().isZero()) {
      int weight = PoisonSearch.weight(retry.cause());
      next = lane.responses.failed(batch, weight, isClosing(), now, attemptNanos);
    } else if (search != null) {
      search.askedToWait(batch, now);
    }
    if (next == PoisonSearch.Next.DROP) {
      lane.exit.remove(batch, DropReason.POISONED);
    } else if (next == PoisonSearch.Next.BACK_OFF) {
      backOff(retry.after(), now);
    }
    return next;
  }

  private void backOff(Duration asked, long nowNanos) {
    // At once, not when its thread is back: a flush may begin meanwhile.
    lane.isAttempting = false;
    long nanos = lane.backoff.failed(asked);
    Deadline closeBy = buffer.closeBy();
    Handover handover = lane.handover();
    if (handover != null && (closeBy != null || lane.backoff.isOpen())) {
      handover.everything();
    }
    if (closeBy == null || asked.isZero()) {
      lane.backoff.start(nanos, closeBy != null, nowNanos);
    } else if (asked.compareTo(closeBy.remaining()) < 0) {
      lane.backoff.start(asked.toNanos(), false, nowNanos);
    } else {
      // It would only be asked for less than it needs.
      lane.giveUp();
    }
  }

  private boolean isClosing() {
    return buffer.closeBy() != null;
  }

  /// The current outage; a new one when the destination worked until now.
  private Outage outage(long nowNanos) {
    Outage current = outage;
    if (current == null) {
      current = new Outage(lane.config.name(), diagnostics, nowNanos, buffer.read(lane::ledger));
      outage = current;
    }
    return current;
  }

  private void worksAgain() {
    Outage ended = outage;
    if (ended != null) {
      outage = null;
      ended.ended(buffer.read(lane::ledger), nanoClock.getAsLong());
    }
  }

  private void warn(String what, String reason, String effect) {
    diagnostics.warn(lane.config.name() + ": " + what + " (" + reason + "); " + effect);
  }
}
