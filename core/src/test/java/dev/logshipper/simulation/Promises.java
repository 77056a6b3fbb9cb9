package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe;
import dev.logshipper.pipeline.BufferProbe.LaneState;
import dev.logshipper.sink.FlushMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// What core promises about time and memory, held against what happens. All instants are virtual;
/// time that the environment's threads did not have (a freeze, a busy machine) is added to a limit.
///
/// | promise | precisely |
/// | --- | --- |
/// | an invocation is left in time | `/next` is asked for 250 ms before the deadline, or at once when the event came later than that |
/// | an invocation is not held for long | `/next` is asked for within the longest hold after the end of the function was told, or, where that is not waited for, after the event; news of the beginning is waited for as long as the options say, and not at all while the platform keeps silent or is held up |
/// | whoever fails is not waited for | after three failures in a row, or half a second of waiting in vain, a lane is believed unreachable until it succeeds |
/// | a flush waits for everything | what had been received when an invocation began, or when its end was told, has left when the flush ends, unless the hold was over, the lane unreachable or resting for longer |
/// | nobody waits for what cannot help | while an invocation is held for the buffer, some lane owes records, is believed reachable, and does not rest until the hold ends |
/// | memory is bounded | bytes held, as counted and as they are, never exceed the bound |
/// | what is kept arrives | once all destinations are healthy and the environment runs for long enough, nothing is left and every lane is believed reachable |
final class Promises {
  private static final int FAILURES_MAX = 3;
  private static final long MILLI = 1_000_000;
  private static final long VAIN_WAIT_MIN = 500 * MILLI;
  private static final long INVOKE_MARGIN = 250 * MILLI;

  private final Scenario scenario;
  private final SimulatedScheduler scheduler;
  private final BufferProbe buffer;
  private final List<LaneBook> books;
  private final boolean waitsForEnds;
  private final long holdMax;
  private final long startEventTimeout;
  private final Map<String, Long> startTold = new HashMap<>();
  private final Map<String, Long> endTold = new HashMap<>();
  private final int[] toLeave;
  private String requestId = "";
  private boolean serving;
  private boolean ended;
  private BooleanSupplier leavesBehind = () -> false;
  private boolean waitedForNews;
  private boolean silent;
  private boolean silentAtInvoke;
  private boolean heldUp;
  private long heldUpSince = SimulatedTask.NEVER;
  private long lastNewsNanos;
  private long sinceNanos;
  private long lostBefore;
  private long deadlineNanos;
  private long waitsForBufferSince;
  private long sends;
  private long sendsAtInvoke;
  private boolean allUnreachableAtInvoke;

  Promises(
      Scenario scenario, SimulatedScheduler scheduler, BufferProbe buffer, List<LaneBook> books) {
    this.scenario = scenario;
    this.scheduler = scheduler;
    this.buffer = buffer;
    this.books = books;
    FlushMode mode = scenario.flush().mode();
    this.waitsForEnds = mode == FlushMode.END || mode == FlushMode.AUTO;
    this.toLeave = new int[books.size()];
    this.holdMax = scenario.flush().holdMax().toNanos();
    this.startEventTimeout = scenario.flush().startEventTimeout().toNanos();
  }

  /// Who knows whether the end of an invocation was not waited for, by choice.
  void ask(BooleanSupplier whetherItLeavesBehind) {
    leavesBehind = whetherItLeavesBehind;
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
    waitedForNews = false;
    silentAtInvoke = silent;
    heldUpSince = heldUp ? sinceNanos : SimulatedTask.NEVER;
    for (int i = 0; i < books.size(); i++) {
      toLeave[i] = books.get(i).received().handledCount();
    }
  }

  /// Whether no lane that leaves with flushes is worth waiting for.
  private boolean allAreUnreachable() {
    for (int i = 0; i < books.size(); i++) {
      boolean flushed = scenario.lanes().get(i).batching().invocationsMax() == 0;
      if (flushed && buffer.lane(i).reachable()) {
        return false;
      }
    }
    return true;
  }

  /// All destinations have been healthy for long enough, and the environment was not frozen.
  void healed() {
    for (int i = 0; scenario.pace().isExact() && i < books.size(); i++) {
      LaneState lane = buffer.lane(i);
      boolean arrived = lane.waiting() == 0 && lane.inFlight() == 0;
      if (!lane.off() && !(arrived && lane.reachable())) {
        scheduler.breaks("what is kept arrives when the destination is back", lane.toString());
      }
    }
  }

  /// The extension has read that the environment ends.
  void shutDown() {
    ended = true;
  }

  void startTold(String id) {
    startTold.putIfAbsent(id, scheduler.now());
    silent = false;
    // Told at the very instant of the INVOKE, it may have been heard before.
    silentAtInvoke &= scheduler.now() != sinceNanos;
    lastNewsNanos = scheduler.now();
  }

  /// A delivery was sent back, and news may be in it; or the next one was taken.
  void telemetryDelayed(boolean isHeldUp) {
    heldUp = isHeldUp;
    heldUpSince = isHeldUp ? Math.min(heldUpSince, scheduler.now()) : heldUpSince;
  }

  void endTold(String id) {
    boolean isNew = endTold.putIfAbsent(id, scheduler.now()) == null;
    if (isNew && id.equals(requestId) && waitsForEnds) {
      for (int i = 0; i < books.size(); i++) {
        toLeave[i] = books.get(i).received().count();
      }
    }
  }

  /// The extension is done with what it was told.
  void done() {
    waitedForNews &= !leavesBehind.getAsBoolean();
    checkTime();
    if (serving && scenario.pace().isExact()) {
      checkFlush();
    }
    boolean gaveUp =
        waitedForNews
            && heldUpSince == SimulatedTask.NEVER
            && !isStartKnown()
            && !endTold.containsKey(requestId);
    long newsUntil = Math.min(deadlineNanos - INVOKE_MARGIN, sinceNanos + startEventTimeout);
    silent |= serving && gaveUp && scenario.pace().isExact() && lastNewsNanos < newsUntil;
    serving = false;
  }

  void sendBegins() {
    sends++;
  }

  /// Whoever has the buffer's lock gives it back.
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
    for (int i = 0; !ended && i < books.size(); i++) {
      if (books.get(i).failuresInARow() >= FAILURES_MAX && buffer.lane(i).reachable()) {
        scheduler.breaks("whoever fails is not waited for", "lane" + i + " is believed reachable");
      }
    }
  }

  private void checkReasonToHold(SimulatedTask main, SimulatedMonitor bufferMonitor) {
    if (!serving) {
      return;
    }
    if (main.waitsFor == bufferMonitor) {
      waitsForBufferSince = Math.min(waitsForBufferSince, scheduler.now());
      if (!isWorthWaiting()) {
        scheduler.breaks("nobody waits for what cannot help", "no lane owes and is reachable");
      }
      return;
    }
    waitedForNews |= waitsForEnds;
    if (sends == sendsAtInvoke && allUnreachableAtInvoke && allAreUnreachable()) {
      scheduler.breaks(
          "nobody waits for what cannot help", "an end is waited for, and no lane is reachable");
    }
  }

  private boolean isWorthWaiting() {
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

  /// What had been received has left, or else nobody waits for it the next time.
  private void checkFlush() {
    long heldUntil = heldUntil();
    boolean flushed = hasFlushed();
    for (int i = 0; i < books.size(); i++) {
      LaneState lane = buffer.lane(i);
      if (books.get(i).hasJustSent() || !lane.reachable()) {
        continue;
      }
      boolean thresholds = scenario.lanes().get(i).batching().invocationsMax() > 0;
      if (scheduler.now() >= heldUntil) {
        boolean inVain = scheduler.now() - waitsForBufferSince >= VAIN_WAIT_MIN;
        if (inVain && (flushed || thresholds) && lane.owes()) {
          scheduler.breaks("whoever fails is not waited for", "lane" + i + " was, in vain");
        }
      } else if (flushed
          && !thresholds
          && !lane.oldestHeld().isEmpty()
          && !rests(lane, heldUntil)
          && books.get(i).received().wasAmongFirst(toLeave[i], lane.oldestHeld())) {
        scheduler.breaks("a flush waits for everything", "lane" + i + " still holds records");
      }
    }
  }

  /// Whether a flush was waited for during this invocation.
  private boolean hasFlushed() {
    boolean atEnd = waitedForNews && isStartKnown() && endTold.containsKey(requestId);
    boolean atStart = scenario.flush().mode() == FlushMode.NEXT_INVOKE;
    return !allUnreachableAtInvoke && (atStart || atEnd);
  }

  private boolean isStartKnown() {
    Long started = startTold.get(requestId);
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

  /// By when the next event must have been asked for.
  private long serveEnd() {
    long inTime = Math.max(sinceNanos, deadlineNanos - INVOKE_MARGIN);
    if (!waitsForEnds) {
      return Math.min(inTime, sinceNanos + holdMax);
    }
    Long ended = endTold.get(requestId);
    if (ended != null) {
      return Math.min(inTime, Math.max(sinceNanos, ended) + holdMax);
    }
    boolean isHeldUp = heldUpSince != SimulatedTask.NEVER;
    if (isHeldUp || silentAtInvoke) {
      return Math.min(inTime, (isHeldUp ? heldUpSince : sinceNanos) + holdMax);
    }
    return isStartKnown() ? inTime : Math.min(inTime, sinceNanos + startEventTimeout + holdMax);
  }

  private long lost() {
    return scheduler.lost() - lostBefore;
  }
}
