package dev.logshipper.simulation;

import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.LaneLedger.DropReason;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.LogRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks one lane: the records it received, in order, against the batches it sent and those that
/// its destination acknowledged and stored.
final class LaneOracle {
  private static final String ORDER = "records are sent in the order received, none twice";
  private static final String REPETITION = "a repetition is the same batch";
  private static final String PROTOCOL = "a sink is used as the SPI says";
  private static final String LEDGER = "the ledger matches the simulation";

  private final Scenario.Lane plan;
  private final SimulatedScheduler scheduler;
  private final Received received;
  private final Set<String> ids = new HashSet<>();
  private final Map<String, List<LogRecord>> stored = new HashMap<>();

  private @Nullable List<LogRecord> pending;
  private String pendingId = "";
  private String derivedFrom = "";
  private boolean sending;
  private int opened;
  private int closed;
  private boolean over;
  private boolean shutDown;
  private long notBeforeNanos;
  private boolean deaf;
  private long acknowledged;
  private long rejected;
  private long attempts;
  private int failuresInARow;
  private long sentUntilNanos = -1;

  LaneOracle(Scenario.Lane plan, SimulatedScheduler scheduler) {
    this.plan = plan;
    this.received = new Received(plan);
    this.scheduler = scheduler;
  }

  Received received() {
    return received;
  }

  /// The destination has requested a delay before the next attempt.
  void asks(Duration wait) {
    notBeforeNanos = scheduler.now() + wait.toNanos();
  }

  /// From now on backoffs may be cut short.
  void shutDown() {
    notBeforeNanos = 0;
    shutDown = true;
  }

  void opened() {
    opened++;
  }

  void closed() {
    closed++;
    if (closed > 1 || sending) {
      reportViolation(PROTOCOL, "closed again, or while it sends");
    }
  }

  /// From now on nothing may be sent.
  void over() {
    over = true;
  }

  void beginsToSend(Batch batch, Deadline deadline) {
    attempts++;
    if (sending || closed > 0 || opened != 1) {
      reportViolation(
          PROTOCOL, "a send concurrent with another, or after the end, or before the beginning");
    }
    // A starved thread may get there late, and then has no time left or is told to stop.
    if (over && !deadline.hasPassed() && !scheduler.current().interrupted) {
      reportViolation("no send begins after the pipeline is closed", batch.toString());
    }
    if (scheduler.now() < notBeforeNanos && !shutDown) {
      reportViolation("a requested delay is respected", batch.toString());
    }
    sending = true;
    failuresInARow++;
    checkLimits(batch);
    List<LogRecord> expected = pending;
    if (expected == null) {
      checkFresh(batch);
    } else if (!isSame(expected, batch.records()) || !isExpectedId(batch.id())) {
      reportViolation(REPETITION, pendingId + " is followed by " + batch);
    }
    pending = batch.records();
    pendingId = batch.id();
    derivedFrom = "";
  }

  private boolean isExpectedId(String id) {
    if (derivedFrom.isEmpty()) {
      return id.equals(pendingId);
    }
    return id.startsWith(derivedFrom.split("\\.", -1)[0]) && ids.add(id);
  }

  private void checkLimits(Batch batch) {
    BatchLimits limits = plan.limits();
    int overhead = limits.recordOverheadBytes();
    long bytes = batch.contentBytes() + (long) overhead * batch.records().size();
    boolean tooLarge = bytes > limits.bytesMax() || batch.records().size() > limits.recordsMax();
    for (LogRecord record : batch.records()) {
      tooLarge |= record.sizeBytes() + overhead > limits.recordBytesMax();
    }
    if (tooLarge) {
      reportViolation(PROTOCOL, batch + " exceeds " + limits);
    }
  }

  private void checkFresh(Batch batch) {
    if (!ids.add(batch.id())) {
      reportViolation(REPETITION, "the id of " + batch + " was used before");
    }
    for (LogRecord record : batch.records()) {
      if (!received.isNext(record.text())) {
        reportViolation(ORDER, batch + " holds what was sent before, or what came before that");
        return;
      }
    }
  }

  private static boolean isSame(List<LogRecord> some, List<LogRecord> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (some.get(i) != others.get(i)) {
        return false;
      }
    }
    return true;
  }

  /// The destination keeps a batch, or what the places name of it, whatever it answers.
  void stores(Batch batch, List<LogRecord> records) {
    List<LogRecord> before = stored.put(batch.id(), records);
    if (before != null && !isSame(before, records) && records.size() == batch.records().size()) {
      reportViolation(REPETITION, batch.id() + " was stored before with other records");
    }
  }

  void endsSending() {
    sending = false;
    sentUntilNanos = scheduler.now();
    deaf = false;
  }

  void acknowledgesAll() {
    failuresInARow = 0;
    acknowledged += pendingSize();
    pending = null;
  }

  void acknowledgesAllBut(List<Integer> failed) {
    List<LogRecord> records = pending;
    if (records != null) {
      failuresInARow = 1;
      acknowledged += records.size() - failed.size();
      pending = failed.stream().map(records::get).toList();
      derivedFrom = pendingId;
    }
  }

  void rejectsAll() {
    failuresInARow = 0;
    rejected += pendingSize();
    pending = null;
  }

  private int pendingSize() {
    return pending == null ? 0 : pending.size();
  }

  /// Attempts that have failed since the last success.
  int failuresInARow() {
    return sending ? failuresInARow - 1 : failuresInARow;
  }

  /// Whether a send has ended at this very instant, so that the lane may not know of it yet.
  boolean hasJustSent() {
    return sentUntilNanos == scheduler.now();
  }

  /// The send that goes on does not hear an interrupt.
  void deaf() {
    deaf = true;
  }

  boolean isDeaf() {
    return deaf;
  }

  /// Whether a send goes on now.
  boolean isSending() {
    return sending;
  }

  void checkBalance(LaneLedger ledger) {
    same(
        "in balance",
        ledger.received(),
        ledger.delivered() + ledger.droppedTotal() + ledger.undelivered());
  }

  /// Compares the final accounts with what the world knows.
  ///
  /// @param mayOverflow whether all that came was more than the buffer holds
  void check(LaneLedger ledger, boolean mayOverflow) {
    long overflow = ledger.dropped().getOrDefault(DropReason.OVERFLOW, 0L);
    long oversized = ledger.dropped().getOrDefault(DropReason.OVERSIZED, 0L);
    long off = ledger.dropped().getOrDefault(DropReason.SINK_OFF, 0L);
    checkBalance(ledger);
    same("received", received.count(), ledger.received());
    same("delivered", acknowledged, ledger.delivered());
    same("rejected", rejected, ledger.dropped().getOrDefault(DropReason.REJECTED, 0L));
    same("requests", attempts, ledger.requests());
    if (plan.opens() && off > 0) {
      reportViolation(LEDGER, "dropped for want of a sink: " + off);
    }
    if (received.skipped() > overflow + oversized + off) {
      reportViolation(
          LEDGER, received.skipped() + " records were never sent, and not counted as dropped");
    }
    if (oversized > received.oversized()) {
      reportViolation(LEDGER, oversized + " records were dropped as oversized, and not all are");
    }
    if (overflow > 0 && !mayOverflow) {
      reportViolation(LEDGER, overflow + " records were dropped although there was room for all");
    }
    if (opened != closed || sending) {
      reportViolation(PROTOCOL, "opened " + opened + " times, closed " + closed + " times");
    }
  }

  private void same(String what, long expected, long actual) {
    if (expected != actual) {
      reportViolation(LEDGER, what + ": expected " + expected + ", found " + actual);
    }
  }

  private void reportViolation(String invariant, String how) {
    scheduler.breaks(invariant, plan.name() + ": " + how);
  }
}
