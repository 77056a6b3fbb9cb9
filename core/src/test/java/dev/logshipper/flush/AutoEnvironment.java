package dev.logshipper.flush;

import dev.logshipper.sink.FlushMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/// One environment with the policy `auto`, in steps of virtual time: the function logs when it
/// starts and when it ends, the platform buffers for 25 ms, a lane sends one request at a time, and
/// everything except the destination stops while frozen.
final class AutoEnvironment {
  private static final long MILLI = 1_000_000;
  private static final long STEP_NANOS = MILLI / 4;
  private static final long STALENESS_NANOS = 1_000 * MILLI;
  private static final long BUFFERING_NANOS = 25 * MILLI;
  private static final long THAWED_DELIVERY_NANOS = MILLI;
  private static final long WRITE_NANOS = 3 * MILLI / 2;
  private static final long IDLE_NANOS_BEFORE_SHUTDOWN = 600_000 * MILLI;
  private static final int LOGS_PER_INVOCATION = 2;

  private final FlushPolicy policy = new FlushPolicy(FlushMode.AUTO, STALENESS_NANOS);
  private final InvocationHistory history = new InvocationHistory(STALENESS_NANOS);
  private final long sendNanos;

  /// Logs, as the times at which they are written.
  private final Deque<Long> written = new ArrayDeque<>();

  private final List<Long> waiting = new ArrayList<>();
  private final List<Long> inFlight = new ArrayList<>();
  private final List<Long> staleness = new ArrayList<>();
  private long now;
  private long thawedNanos;
  private long functionEndNanos;
  private int invocations;
  private int delivered;
  private long oldestDeliveredNanos;
  private boolean flushRequested;
  private long requestWrittenNanos;
  private long requests;
  private long heldNanos;

  /// @param sendNanos the destination's latency
  AutoEnvironment(long sendNanos) {
    this.sendNanos = sendNanos;
  }

  /// One invocation.
  ///
  /// @param gapNanos time since the end of the function's previous work
  void invoke(long gapNanos, long functionNanos) {
    thaw(Math.max(functionEndNanos + gapNanos, now));
    functionEndNanos = now + functionNanos;
    invocations++;
    written.add(now);
    written.add(functionEndNanos);
    flushAsDecided();
    heldNanos += Math.max(0, now - functionEndNanos);
    while (now < functionEndNanos) {
      step();
    }
  }

  private void flushAsDecided() {
    long begin = now;
    history.invoked(begin);
    FlushContext context = new FlushContext(true, OptionalLong.of(sendNanos), history);
    switch (policy.decide(context)) {
      case START -> throw new IllegalStateException("not a decision of auto");
      case END -> {
        awaitEndOf(invocations, Long.MAX_VALUE);
        long end = now;
        flush(Long.MAX_VALUE);
        history.flushed(end, now);
      }
      case BACKLOG_FIRST -> {
        long latest = begin + FlushPolicy.BACKLOG_HOLD_NANOS_MAX;
        history.backlogSent(history.isRuntimeDoneDue() && awaitEndOf(invocations - 1, latest));
        flush(latest);
        history.defer();
      }
      case CONCURRENT -> {
        flush(now);
        history.backlogSent(false);
        history.defer();
      }
      case NONE -> history.defer();
    }
  }

  private boolean awaitEndOf(int invocation, long latest) {
    while (delivered < invocation * LOGS_PER_INVOCATION && now < latest) {
      step();
    }
    return delivered >= invocation * LOGS_PER_INVOCATION;
  }

  private void flush(long latest) {
    flushRequested = !waiting.isEmpty();
    while ((flushRequested || !inFlight.isEmpty()) && now < latest) {
      step();
    }
  }

  /// Sends the remaining logs.
  void shutDown() {
    thaw(now + IDLE_NANOS_BEFORE_SHUTDOWN);
    while (!written.isEmpty() || !waiting.isEmpty() || !inFlight.isEmpty()) {
      step();
    }
  }

  private void thaw(long atNanos) {
    if (requestWrittenNanos > now) {
      requestWrittenNanos += atNanos - now;
    }
    now = atNanos;
    thawedNanos = atNanos;
  }

  private void step() {
    now += STEP_NANOS;
    deliver();
    if (!inFlight.isEmpty() && now >= requestWrittenNanos + sendNanos) {
      inFlight.forEach(log -> staleness.add(now - log));
      inFlight.clear();
    }
    boolean isDue = flushRequested || now - oldestDeliveredNanos >= STALENESS_NANOS;
    if (inFlight.isEmpty() && !waiting.isEmpty() && isDue) {
      inFlight.addAll(waiting);
      waiting.clear();
      flushRequested = false;
      requestWrittenNanos = now + WRITE_NANOS;
      requests++;
    }
  }

  private void deliver() {
    if (written.isEmpty()
        || now
            < Math.max(written.getFirst() + BUFFERING_NANOS, thawedNanos + THAWED_DELIVERY_NANOS)) {
      return;
    }
    if (waiting.isEmpty()) {
      oldestDeliveredNanos = now;
    }
    while (!written.isEmpty() && written.getFirst() <= now) {
      waiting.add(written.removeFirst());
      delivered++;
    }
  }

  double heldMillis() {
    return (double) heldNanos / MILLI;
  }

  long requests() {
    return requests;
  }

  double stalenessSeconds(double quantile) {
    Collections.sort(staleness);
    return staleness.get((int) Math.ceil(quantile * staleness.size()) - 1) / 1e9;
  }
}
