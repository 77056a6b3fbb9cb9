package dev.logshipper.bench.flush;

import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/// One environment in virtual time: runs the function, freezes when it and the extension are done,
/// and buffers lines for 25 ms, or until the next thaw.
final class SimulatedEnvironment {
  private static final long BUFFERING_NANOS = VirtualTime.nanos(25);

  /// From a thaw to the delivery of lines that were due.
  private static final long THAWED_DELIVERY_NANOS = VirtualTime.nanos(1);

  private static final int LINES_PER_INVOCATION = 10;
  private static final long LINES_INTERVAL_MAX = VirtualTime.nanos(500);
  private static final int CHUNKS_MAX = 60;
  private static final long IDLE_NANOS_BEFORE_SHUTDOWN = VirtualTime.nanos(600_000);

  private final SimulatedLane lane;
  private final OutcomeRecorder recorder;
  private final ArrayDeque<LogLines> unwritten = new ArrayDeque<>();
  private final ArrayDeque<LogLines> undelivered = new ArrayDeque<>();
  private long now;
  private long thawedNanos;
  private long invocation = -1;
  private long endedInvocation = LogLines.NO_END;
  private long bytesSinceFlush;

  SimulatedEnvironment(SimulatedLane lane, OutcomeRecorder recorder, long nowNanos) {
    this.lane = lane;
    this.recorder = recorder;
    this.now = nowNanos;
  }

  /// One invocation.
  ///
  /// @param atNanos time of the request; the invocation starts when the previous one is over
  /// @return time at which the function ended and the caller has its response
  long invoke(long atNanos, long durationNanos, FlushRule rule) {
    thaw(Math.max(atNanos, now));
    invocation++;
    long end = now + durationNanos;
    write(now, durationNanos);
    rule.serve(this);
    recorder.invocation(Math.max(0, now - end));
    advance(Math.max(now, end));
    return end;
  }

  private void write(long from, long durationNanos) {
    int chunks = Math.clamp(durationNanos / LINES_INTERVAL_MAX, 2, CHUNKS_MAX);
    for (int i = 0; i < chunks; i++) {
      int count = Math.max(1, LINES_PER_INVOCATION / chunks);
      unwritten.add(new LogLines(count, from + durationNanos * i / (chunks - 1), LogLines.NO_END));
    }
    unwritten.add(new LogLines(0, from + durationNanos, invocation));
  }

  /// The end of the environment, ten minutes after its last invocation.
  void shutDown() {
    thaw(now + IDLE_NANOS_BEFORE_SHUTDOWN);
    recorder.sentAtShutdown(lane.undelivered() + LogLines.count(undelivered));
    advance(now + 2 * BUFFERING_NANOS);
    flush(VirtualTime.NEVER);
  }

  private void thaw(long atNanos) {
    lane.thawed(now, atNanos);
    now = atNanos;
    thawedNanos = atNanos;
  }

  long nanos() {
    return now;
  }

  long typicalSendNanos() {
    return lane.typicalSendNanos();
  }

  /// Waits for the lines of the previous invocation.
  ///
  /// @return false if they were not delivered in time
  boolean awaitPrevious(long nanosMax) {
    return await(() -> endedInvocation >= invocation - 1, now + nanosMax);
  }

  /// Waits until the end of this invocation is reported.
  void awaitEnd() {
    await(() -> endedInvocation >= invocation, VirtualTime.NEVER);
  }

  /// Sends the buffered lines without waiting.
  void requestFlush() {
    lane.requestFlush();
    bytesSinceFlush = 0;
  }

  /// Sends the buffered lines and waits for the response.
  void flush(long nanosMax) {
    requestFlush();
    await(lane::isFlushComplete, nanosMax == VirtualTime.NEVER ? nanosMax : now + nanosMax);
  }

  /// Bytes of lines delivered since the last flush.
  long bytesSinceFlush() {
    return bytesSinceFlush;
  }

  private boolean await(BooleanSupplier condition, long latest) {
    proceed();
    while (!condition.getAsBoolean()) {
      long next = nextNanos();
      if (next > latest) {
        now = Math.max(now, latest);
        return false;
      }
      now = Math.max(now, next);
      proceed();
    }
    return true;
  }

  private void advance(long untilNanos) {
    await(() -> false, untilNanos);
  }

  private long nextNanos() {
    long written = unwritten.isEmpty() ? VirtualTime.NEVER : unwritten.getFirst().writtenNanos();
    return Math.min(Math.min(written, deliveryNanos()), lane.nextNanos());
  }

  private long deliveryNanos() {
    return undelivered.isEmpty()
        ? VirtualTime.NEVER
        : Math.max(
            undelivered.getFirst().writtenNanos() + BUFFERING_NANOS,
            thawedNanos + THAWED_DELIVERY_NANOS);
  }

  private void proceed() {
    while (!unwritten.isEmpty() && unwritten.getFirst().writtenNanos() <= now) {
      undelivered.add(unwritten.removeFirst());
    }
    if (deliveryNanos() <= now) {
      for (LogLines lines : undelivered) {
        lane.add(lines, now);
        endedInvocation = Math.max(endedInvocation, lines.endOf());
        bytesSinceFlush += (long) lines.count() * LogLines.BYTES_EACH;
      }
      undelivered.clear();
    }
    lane.proceed(now);
  }
}
