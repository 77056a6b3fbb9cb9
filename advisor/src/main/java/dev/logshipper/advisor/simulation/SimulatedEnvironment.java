package dev.logshipper.advisor.simulation;

import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/// One environment in virtual time: runs the function, freezes when it and the extension are done,
/// and buffers lines for 25 ms, or until the next thaw.
public final class SimulatedEnvironment {
  private static final long BUFFERING_NANOS = VirtualTime.nanos(25);

  /// From a thaw to the delivery of lines that were due.
  private static final long THAWED_DELIVERY_NANOS = VirtualTime.nanos(1);

  private static final long LINES_INTERVAL_MAX = VirtualTime.nanos(500);
  private static final int CHUNKS_MAX = 60;
  private static final long IDLE_NANOS_BEFORE_SHUTDOWN = VirtualTime.nanos(600_000);

  private final SimulatedLane lane;
  private final OutcomeRecorder recorder;
  private final Workload workload;
  private final ArrayDeque<LogLines> unwritten = new ArrayDeque<>();
  private final ArrayDeque<LogLines> undelivered = new ArrayDeque<>();
  private long now;
  private long thawedNanos;
  private long invocation = -1;
  private long endedInvocation = LogLines.NO_END;
  private long bytesSinceFlush;
  private long bytesDelivered;

  public SimulatedEnvironment(
      SimulatedLane lane, OutcomeRecorder recorder, Workload workload, long nowNanos) {
    this.lane = lane;
    this.recorder = recorder;
    this.workload = workload;
    this.now = nowNanos;
    if (workload.reports()) {
      unwritten.add(
          new LogLines(Workload.INIT_RECORDS, Workload.INIT_BYTES, nowNanos, LogLines.NO_END));
    }
  }

  /// One invocation.
  ///
  /// @param atNanos time of the request; the invocation starts when the previous one is over
  /// @param lines that the function writes, evenly over its duration
  /// @return time at which the function ended and the caller has its response
  public long invoke(long atNanos, long durationNanos, int lines, FlushRule rule) {
    report(now);
    thaw(Math.max(atNanos, now));
    lane.invocationStarted(now);
    invocation++;
    long end = now + durationNanos;
    write(now, durationNanos, lines);
    rule.serve(this);
    recorder.invocation(Math.max(0, now - end), invocation == 0);
    advance(Math.max(now, end));
    return end;
  }

  private void write(long from, long durationNanos, int lines) {
    int reports = workload.reports() ? 1 : 0;
    if (workload.reports()) {
      unwritten.add(new LogLines(1, Workload.START_BYTES, from, LogLines.NO_END));
    }
    int chunks = Math.clamp(durationNanos / LINES_INTERVAL_MAX, 2, CHUNKS_MAX);
    for (int i = 0; i < chunks; i++) {
      // The remainder is spread evenly.
      int count = lines * (i + 1) / chunks - lines * i / chunks;
      long at = from + durationNanos * i / (chunks - 1);
      if (count > 0) {
        unwritten.add(
            new LogLines(count, (long) count * workload.lineBytes(), at, LogLines.NO_END));
      }
    }
    long end = from + durationNanos;
    unwritten.add(new LogLines(reports, (long) reports * Workload.DONE_BYTES, end, invocation));
  }

  /// The platform reports an invocation when the extension has requested the next event.
  private void report(long nanos) {
    if (workload.reports() && invocation >= 0) {
      unwritten.add(new LogLines(1, Workload.REPORT_BYTES, nanos, LogLines.NO_END));
    }
  }

  /// The end of the environment, ten minutes after its last invocation.
  public void shutDown() {
    report(now);
    thaw(now + IDLE_NANOS_BEFORE_SHUTDOWN);
    recorder.sentAtShutdown(lane.undelivered() + LogLines.count(undelivered));
    advance(now + 2 * BUFFERING_NANOS);
    lane.requestAll();
    await(lane::isFlushComplete, VirtualTime.NEVER);
  }

  private void thaw(long atNanos) {
    lane.thawed(now, atNanos);
    now = atNanos;
    thawedNanos = atNanos;
  }

  public long nanos() {
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
  public void awaitEnd() {
    await(() -> endedInvocation >= invocation, VirtualTime.NEVER);
  }

  /// Sends the buffered lines without waiting.
  public void requestFlush() {
    lane.requestFlush();
    bytesSinceFlush = 0;
  }

  /// Sends the buffered lines and waits for the response.
  public void flush(long nanosMax) {
    requestFlush();
    await(lane::isFlushComplete, nanosMax == VirtualTime.NEVER ? nanosMax : now + nanosMax);
  }

  /// Bytes of lines delivered since the last flush.
  public long bytesSinceFlush() {
    return bytesSinceFlush;
  }

  /// Bytes of all lines delivered so far.
  long bytesDelivered() {
    return bytesDelivered;
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
        bytesSinceFlush += lines.bytes();
        bytesDelivered += lines.bytes();
      }
      undelivered.clear();
    }
    lane.proceed(now);
  }
}
