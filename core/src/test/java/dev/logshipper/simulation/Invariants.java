package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe;
import dev.logshipper.pipeline.BufferProbe.LaneState;
import dev.logshipper.sink.FlushMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// The invariants of time and memory, checked against the simulation. All instants are virtual;
/// time that the environment's threads lost (a freeze, a busy machine) is added to a limit.
///
/// | invariant | precisely |
/// | --- | --- |
/// | an invocation is left in time | `/next` is requested 250 ms before the deadline, or at once when the event arrived later than that |
/// | an invocation is not held for long | `/next` is requested within the longest hold after the end of the function was reported, or, where that is not awaited, after the event; the report of the start is awaited for the configured time, and not at all while the platform reports nothing or telemetry is delayed |
/// | a failing lane is not waited for | after three failures in a row, or half a second of waiting without success, a lane is believed unreachable until it succeeds |
/// | a flush waits for everything | all records received before an invocation began, or before its end was reported, are sent when the flush ends, unless the hold was over, the lane unreachable or backing off for longer |
/// | no wait is futile | while an invocation is held for the buffer, some lane owes records, is believed reachable, and does not back off until the hold ends |
/// | memory is bounded | bytes held, as counted and as they are, never exceed the bound |
/// | kept records arrive | once all destinations are healthy and the environment runs for long enough, no record is undelivered and every lane is believed reachable |
final class Invariants {
  private static final int FAILURES_MAX = 3;
  private static final long MILLI = 1_000_000;
  private static final long VAIN_WAIT_MIN = 500 * MILLI;
  private static final long INVOKE_MARGIN = 250 * MILLI;

  private final Scenario scenario;
  private final SimulatedScheduler scheduler;
  private final BufferProbe buffer;
  private final List<LaneOracle> oracles;
  private final boolean waitsForEnds;
  private final long holdMax;
  private final long startEventTimeout;
  private final Map<String, Long> startReported = new HashMap<>();
  private final Map<String, Long> endReported = new HashMap<>();
  private final int[] toLeave;
  private String requestId = "";
  private boolean serving;
  private boolean ended;
  private BooleanSupplier defersFlush = () -> false;
  private boolean waitedForEnd;
  private boolean silent;
  private boolean silentAtInvoke;
  private boolean delayed;
  private long delayedSince = SimulatedTask.NEVER;
  private long lastReportNanos;
  private long sinceNanos;
  private long lostBefore;
  private long deadlineNanos;
  private long waitsForBufferSince;
  private long sends;
  private long sendsAtInvoke;
  private boolean allUnreachableAtInvoke;

  Invariants(
      Scenario scenario,
      SimulatedScheduler scheduler,
      BufferProbe buffer,
      List<LaneOracle> oracles) {
    this.scenario = scenario;
    this.scheduler = scheduler;
    this.buffer = buffer;
    this.oracles = oracles;
    FlushMode mode = scenario.flush().mode();
    this.waitsForEnds = mode == FlushMode.END || mode == FlushMode.AUTO;
    this.toLeave = new int[oracles.size()];
    this.holdMax = scenario.flush().holdMax().toNanos();
    this.startEventTimeout = scenario.flush().startEventTimeout().toNanos();
  }

  /// Sets the source of whether the policy deferred the flush of the latest invocation.
  void ask(BooleanSupplier whetherItLeavesBehind) {
    defersFlush = whetherItLeavesBehind;
  }

  /// The extension has read that the function is invoked.
  void invoked(String id, long deadline) {
    sinceNanos = scheduler.now();
    lostBefore = scheduler.lost();
    deadlineNanos = deadline;
    serving = true;
    requestId = id;
    waitsForBufferSince = SimulatedTask.NEVER;
    sendsAtInvoke = sends;
    allUnreachableAtInvoke = allAreUnreachable();
    waitedForEnd = false;
    silentAtInvoke = silent;
    delayedSince = delayed ? sinceNanos : SimulatedTask.NEVER;
    for (int i = 0; i < oracles.size(); i++) {
      toLeave[i] = oracles.get(i).received().handledCount();
    }
  }

  /// Whether no lane that is flushed with invocations is reachable.
  private boolean allAreUnreachable() {
    for (int i = 0; i < oracles.size(); i++) {
      boolean flushed = scenario.lanes().get(i).batching().invocationsMax() == 0;
      if (flushed && buffer.lane(i).reachable()) {
        return false;
      }
    }
    return true;
  }

  /// All destinations have been healthy for long enough, and the environment was not frozen.
  void healed() {
    for (int i = 0; scenario.profile().isExact() && i < oracles.size(); i++) {
      LaneState lane = buffer.lane(i);
      boolean arrived = lane.waiting() == 0 && lane.inFlight() == 0;
      if (!lane.off() && !(arrived && lane.reachable())) {
        scheduler.breaks("kept records arrive when the destination is back", lane.toString());
      }
    }
  }

  /// The extension has read that the environment ends.
  void shutDown() {
    ended = true;
  }

  void startReported(String id) {
    startReported.putIfAbsent(id, scheduler.now());
    silent = false;
    // A report at the very instant of the INVOKE may have been received before it.
    silentAtInvoke &= scheduler.now() != sinceNanos;
    lastReportNanos = scheduler.now();
  }

  /// A delivery was rejected, and may contain reports; or the next one was accepted.
  void telemetryDelayed(boolean isDelayed) {
    delayed = isDelayed;
    delayedSince = isDelayed ? Math.min(delayedSince, scheduler.now()) : delayedSince;
  }

  void endReported(String id) {
    boolean isNew = endReported.putIfAbsent(id, scheduler.now()) == null;
    if (isNew && id.equals(requestId) && waitsForEnds) {
      for (int i = 0; i < oracles.size(); i++) {
        toLeave[i] = oracles.get(i).received().count();
      }
    }
  }

  /// The extension is done with its event.
  void done() {
    waitedForEnd &= !defersFlush.getAsBoolean();
    checkTime();
    if (serving && scenario.profile().isExact()) {
      checkFlush();
    }
    boolean gaveUp =
        waitedForEnd
            && delayedSince == SimulatedTask.NEVER
            && !isStartKnown()
            && !endReported.containsKey(requestId);
    long reportDeadline = Math.min(deadlineNanos - INVOKE_MARGIN, sinceNanos + startEventTimeout);
    silent |= serving && gaveUp && scenario.profile().isExact() && lastReportNanos < reportDeadline;
    serving = false;
  }

  void sendBegins() {
    sends++;
  }

  /// The lock of the buffer is released.
  void bufferChanged() {
    if (buffer.countedBytes() > scenario.bufferBytesMax() || buffer.countedBytes() < 0) {
      scheduler.breaks("memory is bounded", buffer.countedBytes() + " bytes are held");
    }
  }

  /// @param main the lifecycle's thread
  void beforeTimeMoves(SimulatedTask main, SimulatedMonitor bufferMonitor) {
    String contradiction = buffer.contradiction();
    if (!contradiction.isEmpty()) {
      scheduler.breaks("memory is bounded", contradiction);
    }
    checkTime();
    if (!scheduler.isFrozen()) {
      checkBreakers();
      checkReasonToHold(main, bufferMonitor);
    }
  }

  private void checkBreakers() {
    for (int i = 0; !ended && i < oracles.size(); i++) {
      if (oracles.get(i).failuresInARow() >= FAILURES_MAX && buffer.lane(i).reachable()) {
        scheduler.breaks("a failing lane is not waited for", "lane" + i + " is believed reachable");
      }
    }
  }

  private void checkReasonToHold(SimulatedTask main, SimulatedMonitor bufferMonitor) {
    if (!serving) {
      return;
    }
    if (main.waitsFor == bufferMonitor) {
      waitsForBufferSince = Math.min(waitsForBufferSince, scheduler.now());
      if (!canFlush()) {
        scheduler.breaks("no wait is futile", "no lane owes and is reachable");
      }
      return;
    }
    waitedForEnd |= waitsForEnds;
    if (sends == sendsAtInvoke && allUnreachableAtInvoke && allAreUnreachable()) {
      scheduler.breaks("no wait is futile", "an end is waited for, and no lane is reachable");
    }
  }

  private boolean canFlush() {
    long heldUntil = heldUntil();
    for (int i = 0; i < scenario.lanes().size(); i++) {
      LaneState lane = buffer.lane(i);
      if (lane.owes() && lane.reachable() && !rests(lane, heldUntil)) {
        return true;
      }
    }
    return false;
  }

  private long heldUntil() {
    long from = Math.min(waitsForBufferSince, scheduler.now());
    return Math.min(deadlineNanos - INVOKE_MARGIN, from + holdMax);
  }

  private boolean rests(LaneState lane, long heldUntil) {
    return lane.restsUntilNanos() != Long.MIN_VALUE
        && lane.restsUntilNanos() - scenario.epochNanos() >= heldUntil + lost();
  }

  /// Received records are sent, or else the next invocation does not wait for them.
  private void checkFlush() {
    long heldUntil = heldUntil();
    boolean flushed = hasFlushed();
    for (int i = 0; i < oracles.size(); i++) {
      LaneState lane = buffer.lane(i);
      if (oracles.get(i).hasJustSent() || !lane.reachable()) {
        continue;
      }
      boolean thresholds = scenario.lanes().get(i).batching().invocationsMax() > 0;
      if (scheduler.now() >= heldUntil) {
        boolean inVain = scheduler.now() - waitsForBufferSince >= VAIN_WAIT_MIN;
        if (inVain && (flushed || thresholds) && lane.owes()) {
          scheduler.breaks("a failing lane is not waited for", "lane" + i + " was, in vain");
        }
      } else if (flushed
          && !thresholds
          && !lane.oldestHeld().isEmpty()
          && !rests(lane, heldUntil)
          && oracles.get(i).received().wasAmongFirst(toLeave[i], lane.oldestHeld())) {
        scheduler.breaks("a flush waits for everything", "lane" + i + " still holds records");
      }
    }
  }

  /// Whether a flush was waited for during this invocation.
  private boolean hasFlushed() {
    boolean atEnd = waitedForEnd && isStartKnown() && endReported.containsKey(requestId);
    boolean atStart = scenario.flush().mode() == FlushMode.NEXT_INVOKE;
    return !allUnreachableAtInvoke && (atStart || atEnd);
  }

  private boolean isStartKnown() {
    Long started = startReported.get(requestId);
    return started != null && started <= sinceNanos + startEventTimeout + lost();
  }

  private void checkTime() {
    long now = scheduler.now();
    if (serving && now > serveEnd() + lost()) {
      scheduler.breaks(
          now > Math.max(sinceNanos, deadlineNanos - INVOKE_MARGIN) + lost()
              ? "an invocation is left in time"
              : "an invocation is not held for long",
          requestId + " is held since " + sinceNanos / 1_000 + " us");
    }
  }

  /// The latest time for requesting the next event.
  private long serveEnd() {
    long inTime = Math.max(sinceNanos, deadlineNanos - INVOKE_MARGIN);
    if (!waitsForEnds) {
      return Math.min(inTime, sinceNanos + holdMax);
    }
    Long ended = endReported.get(requestId);
    if (ended != null) {
      return Math.min(inTime, Math.max(sinceNanos, ended) + holdMax);
    }
    boolean isDelayed = delayedSince != SimulatedTask.NEVER;
    if (isDelayed || silentAtInvoke) {
      return Math.min(inTime, (isDelayed ? delayedSince : sinceNanos) + holdMax);
    }
    return isStartKnown() ? inTime : Math.min(inTime, sinceNanos + startEventTimeout + holdMax);
  }

  private long lost() {
    return scheduler.lost() - lostBefore;
  }
}
