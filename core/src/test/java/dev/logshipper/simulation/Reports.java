package dev.logshipper.simulation;

import dev.logshipper.sink.FlushMode;
import java.util.HashMap;
import java.util.Map;

/// The platform's reports of the start and end of invocations, as the extension has received them.
final class Reports {
  private final Scenario scenario;
  private final SimulatedScheduler scheduler;
  private final Invocation invocation;
  private final long startEventTimeout;
  private final Map<String, Long> started = new HashMap<>();
  private final Map<String, Long> ended = new HashMap<>();
  private boolean absent;
  private boolean absentAtStart;
  private boolean delayed;
  private boolean delayedAtAll;
  private long delayedSince = SimulatedTask.NEVER;
  private long lastNanos;

  Reports(Scenario scenario, SimulatedScheduler scheduler, Invocation invocation) {
    this.scenario = scenario;
    this.scheduler = scheduler;
    this.invocation = invocation;
    this.startEventTimeout = scenario.flush().startEventTimeout().toNanos();
  }

  void invocationStarted() {
    absentAtStart = absent;
    delayedSince = delayed ? scheduler.now() : SimulatedTask.NEVER;
    delayedAtAll = delayed;
  }

  void startReported(String requestId) {
    started.putIfAbsent(requestId, scheduler.now());
    absent = false;
    // A report at the very instant of the INVOKE may have been received before it.
    absentAtStart &= scheduler.now() != invocation.startNanos();
    lastNanos = scheduler.now();
  }

  /// Returns whether it is the first report of the end of the current invocation.
  boolean endReported(String requestId) {
    boolean isFirst = ended.putIfAbsent(requestId, scheduler.now()) == null;
    return isFirst && requestId.equals(invocation.requestId());
  }

  /// A delivery was rejected, and may contain reports; or the next one was accepted.
  void delayed(boolean isDelayed) {
    delayed = isDelayed;
    delayedAtAll |= isDelayed;
    if (isDelayed) {
      delayedSince = Math.min(delayedSince, scheduler.now());
    } else if (delayedSince == scheduler.now()) {
      // The lifecycle may not have noticed a delay that ends at the instant of its start.
      delayedSince = SimulatedTask.NEVER;
    }
  }

  /// The extension requests the next event. When it has waited for a start in vain, it knows that
  /// the platform reports nothing.
  ///
  /// @param awaitedEnd whether it waited for the report of the end
  void invocationEnded(boolean awaitedEnd) {
    boolean missed = awaitedEnd && !delayedAtAll && !isStartKnown() && !isEndKnown();
    long by = Math.min(invocation.marginNanos(), invocation.startNanos() + startEventTimeout);
    absent |= missed && scenario.profile().isExact() && lastNanos < by;
  }

  /// Whether the mode needs the reports of ends.
  boolean areAwaited() {
    FlushMode mode = scenario.flush().mode();
    return mode == FlushMode.END || mode == FlushMode.AUTO;
  }

  /// Whether the start of the current invocation was reported in time.
  boolean isStartKnown() {
    Long reported = started.get(invocation.requestId());
    return reported != null
        && reported <= invocation.startNanos() + startEventTimeout + invocation.lost();
  }

  boolean isEndKnown() {
    return ended.containsKey(invocation.requestId());
  }

  /// Whether telemetry has been delayed during the current invocation: its end may not have been
  /// awaited.
  boolean wereDelayed() {
    return delayedAtAll;
  }

  private boolean isDelayed() {
    return delayedSince != SimulatedTask.NEVER;
  }

  /// The latest instant to count the longest hold from; [SimulatedTask#NEVER] while the end is
  /// awaited.
  long holdFromNanos() {
    long start = invocation.startNanos();
    if (!areAwaited()) {
      return start;
    }
    Long end = ended.get(invocation.requestId());
    if (end != null) {
      return Math.max(start, end);
    }
    if (isDelayed()) {
      return delayedSince;
    }
    if (absentAtStart) {
      return start;
    }
    return isStartKnown() ? SimulatedTask.NEVER : start + startEventTimeout;
  }
}
