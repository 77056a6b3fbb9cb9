package dev.logshipper.bench.flush;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// A lane of this extension, or the only queue of another: one request at a time. Writing a request
/// needs the environment, so a freeze postpones it; the destination proceeds during a freeze, but
/// its response is seen only afterwards.
final class SimulatedLane {
  /// Encoding, compressing and writing a request.
  private static final long WRITE_NANOS = VirtualTime.nanos(1.5);

  private final SendLatency latency;
  private final OutcomeRecorder recorder;
  private final long ageNanosMax;
  private final ArrayDeque<LogLines> waiting = new ArrayDeque<>();
  private final List<LogLines> inFlight = new ArrayList<>();
  private long oldestArrivedNanos;
  private boolean flushRequested;
  private long startedNanos;
  private long writtenNanos = VirtualTime.NEVER;
  private long respondedNanos = VirtualTime.NEVER;
  private long typicalSendNanos;

  /// @param ageNanosMax age at which lines are sent without a flush
  SimulatedLane(SendLatency latency, OutcomeRecorder recorder, long ageNanosMax) {
    this.latency = latency;
    this.recorder = recorder;
    this.ageNanosMax = ageNanosMax;
  }

  void add(LogLines lines, long nowNanos) {
    if (waiting.isEmpty()) {
      oldestArrivedNanos = nowNanos;
    }
    waiting.addLast(lines);
  }

  void requestFlush() {
    flushRequested = !waiting.isEmpty();
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
    return flushRequested ? 0 : dueNanos();
  }

  private long dueNanos() {
    return ageNanosMax == VirtualTime.NEVER ? ageNanosMax : oldestArrivedNanos + ageNanosMax;
  }

  void proceed(long nowNanos) {
    if (isSending() && respondedNanos <= nowNanos) {
      for (LogLines lines : inFlight) {
        recorder.stored(lines, respondedNanos);
      }
      inFlight.clear();
      learn(nowNanos - startedNanos);
    }
    if (!isSending() && !waiting.isEmpty() && (flushRequested || dueNanos() <= nowNanos)) {
      inFlight.addAll(waiting);
      waiting.clear();
      flushRequested = false;
      recorder.request();
      startedNanos = nowNanos;
      writtenNanos = nowNanos + WRITE_NANOS;
      respondedNanos = writtenNanos + VirtualTime.nanos(latency.millis(nowNanos));
    }
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
