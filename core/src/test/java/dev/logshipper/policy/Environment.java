package dev.logshipper.policy;

import dev.logshipper.lifecycle.SimulatedTurn;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/// One environment in virtual time: runs the function, freezes when it and the extension are done,
/// and buffers what is written for 25 ms, or until the next thaw.
final class Environment implements SimulatedTurn.World {
  private static final long BUFFERING_NANOS = Clocked.nanos(25);

  /// From a thaw to the delivery of what was due.
  private static final long THAWED_DELIVERY_NANOS = Clocked.nanos(1);

  private static final int LINES_PER_INVOCATION = 10;
  private static final long LINES_INTERVAL_MAX = Clocked.nanos(500);
  private static final int CHUNKS_MAX = 60;
  private static final long LIFE_AFTER_LAST = Clocked.nanos(600_000);

  private final Lane lane;
  private final Figures figures;
  private final ArrayDeque<Lines> unwritten = new ArrayDeque<>();
  private final ArrayDeque<Lines> undelivered = new ArrayDeque<>();
  private long now;
  private long thawedNanos;
  private long invocation = -1;
  private long endedInvocation = Lines.NO_END;
  private long bytesSinceFlush;

  Environment(Lane lane, Figures figures, long nowNanos) {
    this.lane = lane;
    this.figures = figures;
    this.now = nowNanos;
  }

  /// One invocation.
  ///
  /// @param atNanos when it is asked for; it begins when the one before is over
  /// @return when the function ended, and its caller has the answer
  long invoke(long atNanos, long durationNanos, Rule rule) {
    thaw(Math.max(atNanos, now));
    invocation++;
    long end = now + durationNanos;
    write(now, durationNanos);
    rule.serve(this);
    figures.invocation(Math.max(0, now - end));
    advance(Math.max(now, end));
    return end;
  }

  private void write(long from, long durationNanos) {
    int chunks = Math.clamp(durationNanos / LINES_INTERVAL_MAX, 2, CHUNKS_MAX);
    for (int i = 0; i < chunks; i++) {
      int count = Math.max(1, LINES_PER_INVOCATION / chunks);
      unwritten.add(new Lines(count, from + durationNanos * i / (chunks - 1), Lines.NO_END));
    }
    unwritten.add(new Lines(0, from + durationNanos, invocation));
  }

  /// The platform lets the environment go.
  void shutDown() {
    thaw(now + LIFE_AFTER_LAST);
    figures.left(lane.heldCount() + Lines.count(undelivered));
    advance(now + 2 * BUFFERING_NANOS);
    flush(Clocked.NEVER);
  }

  private void thaw(long atNanos) {
    lane.wasFrozen(now, atNanos);
    now = atNanos;
    thawedNanos = atNanos;
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public long sendNanos() {
    return lane.usualSendNanos();
  }

  @Override
  public boolean awaitPrevious(long nanosMax) {
    return await(() -> endedInvocation >= invocation - 1, now + nanosMax);
  }

  @Override
  public void awaitEnd() {
    await(() -> endedInvocation >= invocation, Clocked.NEVER);
  }

  /// Sends all that is here.
  void demandFlush() {
    lane.demand();
    bytesSinceFlush = 0;
  }

  @Override
  public void flush(long nanosMax) {
    demandFlush();
    await(lane::isSettled, nanosMax == Clocked.NEVER ? nanosMax : now + nanosMax);
  }

  /// Bytes of lines that came since the last flush.
  long bytesSinceFlush() {
    return bytesSinceFlush;
  }

  private boolean await(BooleanSupplier happened, long latest) {
    proceed();
    while (!happened.getAsBoolean()) {
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
    long written = unwritten.isEmpty() ? Clocked.NEVER : unwritten.getFirst().writtenNanos();
    return Math.min(Math.min(written, deliveryNanos()), lane.nextNanos());
  }

  private long deliveryNanos() {
    return undelivered.isEmpty()
        ? Clocked.NEVER
        : Math.max(
            undelivered.getFirst().writtenNanos() + BUFFERING_NANOS,
            thawedNanos + THAWED_DELIVERY_NANOS);
  }

  private void proceed() {
    while (!unwritten.isEmpty() && unwritten.getFirst().writtenNanos() <= now) {
      undelivered.add(unwritten.removeFirst());
    }
    if (deliveryNanos() <= now) {
      for (Lines lines : undelivered) {
        lane.add(lines, now);
        endedInvocation = Math.max(endedInvocation, lines.endOf());
        bytesSinceFlush += (long) lines.count() * Lines.BYTES_EACH;
      }
      undelivered.clear();
    }
    lane.proceed(now);
  }
}
