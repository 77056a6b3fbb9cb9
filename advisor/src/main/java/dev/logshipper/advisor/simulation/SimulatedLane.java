package dev.logshipper.advisor.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// A lane of this extension, or the only queue of another: one request at a time. Writing a request
/// needs the environment, so a freeze postpones it; the destination proceeds during a freeze, but
/// its response is seen only afterwards.
public final class SimulatedLane {
  /// Encoding, compressing and writing a request.
  private static final long WRITE_NANOS = VirtualTime.nanos(1.5);

  private final SendLatency latency;
  private final OutcomeRecorder recorder;
  private final SendRules rules;
  private final ArrayDeque<LogLines> waiting = new ArrayDeque<>();
  private final List<LogLines> inFlight = new ArrayList<>();
  private long oldestArrivedNanos;
  private boolean flushRequested;
  private long waitingBytes;
  private int invocationsSinceBatch;
  private long startedNanos;
  private long writtenNanos = VirtualTime.NEVER;
  private long respondedNanos = VirtualTime.NEVER;
  private long typicalSendNanos;

  public SimulatedLane(SendLatency latency, OutcomeRecorder recorder, SendRules rules) {
    this.latency = latency;
    this.recorder = recorder;
    this.rules = rules;
  }

  void add(LogLines lines, long nowNanos) {
    if (waiting.isEmpty()) {
      oldestArrivedNanos = nowNanos;
    }
    waiting.addLast(lines);
    waitingBytes += lines.bytes();
  }

  /// Sends the waiting records if the lane has no thresholds.
  void requestFlush() {
    if (rules.followsFlushes()) {
      requestAll();
    }
  }

  /// Sends the waiting records.
  void requestAll() {
    flushRequested = !waiting.isEmpty();
  }

  /// An invocation has started: sends if a threshold is reached.
  void invocationStarted(long nowNanos) {
    if (rules.followsFlushes() || waiting.isEmpty()) {
      return;
    }
    invocationsSinceBatch++;
    if (invocationsSinceBatch >= rules.invocationsMax() || isDue(nowNanos)) {
      requestAll();
    }
  }

  boolean isFlushComplete() {
    return inFlight.isEmpty() && (waiting.isEmpty() || !flushRequested);
  }

  private boolean isSending() {
    return !inFlight.isEmpty();
  }

  /// Lines that wait or are in flight.
  int undelivered() {
    return LogLines.count(waiting) + LogLines.count(inFlight);
  }

  long typicalSendNanos() {
    return typicalSendNanos;
  }

  /// Time of the lane's next event.
  long nextNanos() {
    if (isSending()) {
      return respondedNanos;
    }
    if (waiting.isEmpty()) {
      return VirtualTime.NEVER;
    }
    return flushRequested || waitingBytes >= rules.triggerBytes() ? 0 : dueNanos();
  }

  private long dueNanos() {
    return rules.ageNanosMax() == VirtualTime.NEVER
        ? VirtualTime.NEVER
        : oldestArrivedNanos + rules.ageNanosMax();
  }

  private boolean isDue(long nowNanos) {
    return waitingBytes >= rules.triggerBytes() || dueNanos() <= nowNanos;
  }

  void proceed(long nowNanos) {
    if (isSending() && respondedNanos <= nowNanos) {
      for (LogLines lines : inFlight) {
        recorder.stored(lines, respondedNanos);
      }
      inFlight.clear();
      learn(nowNanos - startedNanos);
    }
    if (!isSending() && !waiting.isEmpty() && (flushRequested || isDue(nowNanos))) {
      takeBatch();
      recorder.request();
      startedNanos = nowNanos;
      writtenNanos = nowNanos + WRITE_NANOS;
      respondedNanos = writtenNanos + VirtualTime.nanos(latency.millis(nowNanos));
    }
  }

  private void takeBatch() {
    long bytes = 0;
    do {
      LogLines next = takeFirst();
      inFlight.add(next);
      bytes += next.bytes();
    } while (!waiting.isEmpty() && bytes + waiting.getFirst().bytes() <= rules.batchBytes());
    waitingBytes -= bytes;
    flushRequested &= !waiting.isEmpty();
    invocationsSinceBatch = 0;
  }

  /// The first lines, as many of them as a request may have.
  private LogLines takeFirst() {
    LogLines first = waiting.removeFirst();
    int fit =
        (int)
            Math.max(
                1,
                first.count()
                    * Math.min(1, (double) rules.batchBytes() / Math.max(1, first.bytes())));
    if (fit >= first.count()) {
      return first;
    }
    LogLines part = first.first(fit);
    waiting.addFirst(first.without(part));
    return part;
  }

  private void learn(long sendNanos) {
    long change = sendNanos - typicalSendNanos;
    typicalSendNanos += typicalSendNanos == 0 ? change : change / (change < 0 ? 2 : 8);
  }

  /// Accounts for a freeze.
  void thawed(long frozenNanos, long nowNanos) {
    if (isSending() && writtenNanos > frozenNanos) {
      writtenNanos += nowNanos - frozenNanos;
      respondedNanos += nowNanos - frozenNanos;
    }
  }
}
