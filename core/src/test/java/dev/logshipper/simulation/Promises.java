package dev.logshipper.simulation;

import dev.logshipper.lifecycle.FlushMode;
import dev.logshipper.pipeline.BufferProbe;
import dev.logshipper.pipeline.BufferProbe.LaneState;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Cut;
import dev.logshipper.sink.Deadline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What core promises about time and memory, held against what happens. All instants are virtual;
/// time that the environment's threads did not have (a freeze, a busy machine) is added to a limit.
///
/// | promise | precisely |
/// | --- | --- |
/// | an invocation is left in time | `/next` is asked for 250 ms before the deadline, or at once when the event came later than that |
/// | an invocation is not held for long | `/next` is asked for within the longest hold after the end of the function was told, or, where that is not waited for, after the event; news of the beginning is waited for as long as the options say |
/// | whoever fails is not waited for | after three failures in a row, or half a second of waiting in vain, a lane is believed unreachable until it succeeds |
/// | a flush waits for everything | what a lane held when an invocation began has left when the flush at its beginning ends, unless the hold was over, the lane unreachable or resting for longer |
/// | nobody waits for what cannot help | while an invocation is held for the buffer, some lane owes records, is believed reachable, and does not rest until the hold ends |
/// | the shutdown ends inside its window | within 50 ms after 1.4 s or 300 ms before the kill, whichever comes first |
/// | a send has a deadline | 60 s, and the end of the shutdown once that has begun |
/// | memory is bounded | bytes held, as counted and as they are, never exceed the bound |
/// | what is kept arrives | once all destinations are healthy and the environment runs for long enough, nothing is left and every lane is believed reachable |
final class Promises {
  private static final int FAILURES_MAX = 3;
  private static final long MILLI = 1_000_000;
  private static final long VAIN_WAIT_MIN = 500 * MILLI;
  private static final long INVOKE_MARGIN = 250 * MILLI;
  private static final long SHUTDOWN_MARGIN = 300 * MILLI;
  private static final long SHUTDOWN_MAX = 1_400 * MILLI;
  private static final long CLOSE_GRACE = 50 * MILLI;
  private static final long SEND_MAX = 60_000 * MILLI;

  private final Scenario scenario;
  private final SimulatedScheduler scheduler;
  private final BufferProbe buffer;
  private final List<LaneBook> books;
  private final long holdMax;
  private final long startNewsMax;
  private final Map<String, Long> startTold = new HashMap<>();
  private final Map<String, Long> endTold = new HashMap<>();
  private String requestId = "";
  private final boolean[] healthyAtShutdown;
  private boolean serving;
  private boolean draining;
  private boolean ended;
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
    this.healthyAtShutdown = new boolean[books.size()];
    this.holdMax = scenario.flush().holdMax().toNanos();
    this.startNewsMax = scenario.flush().startNewsMax().toNanos();
  }

  /// The extension has read that the function is invoked.
  void invoked(String id, long deadline) {
    begins(deadline);
    serving = true;
    requestId = id;
    waitsForBufferSince = SimulatedTask.NEVER;
    sendsAtInvoke = sends;
    allUnreachableAtInvoke = allAreUnreachable();
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
  void shutDown(long deadline) {
    begins(deadline);
    draining = true;
    for (int i = 0; i < books.size(); i++) {
      Scenario.Lane lane = scenario.lanes().get(i);
      boolean healthy = lane.faultPercent() == 0 || lane.healthyFromNanos() <= sinceNanos;
      healthyAtShutdown[i] = healthy && !books.get(i).isSending();
    }
  }

  /// Whether a lane's destination was, with no send from a worse time going on.
  boolean wasHealthyAtShutdown(int lane) {
    return healthyAtShutdown[lane];
  }

  private void begins(long deadline) {
    sinceNanos = scheduler.now();
    lostBefore = scheduler.lost();
    deadlineNanos = deadline;
  }

  void startTold(String id) {
    startTold.putIfAbsent(id, scheduler.now());
  }

  void endTold(String id) {
    endTold.putIfAbsent(id, scheduler.now());
  }

  /// The extension is done with what it was told.
  void done() {
    checkTime();
    if (serving && scenario.pace().isExact()) {
      checkFlush();
    }
    serving = false;
    ended = draining;
    draining = false;
  }

  void sendBegins(Batch batch, Deadline deadline) {
    sends++;
    long left = deadline.remainingNanos();
    boolean last = batch.cut() == Cut.SHUTDOWN && draining;
    if (left > SEND_MAX || (last && left > Math.max(0, drainEnd() - scheduler.now()))) {
      scheduler.breaks("a send has a deadline", batch + " has " + left / MILLI + " ms");
    }
    if (draining && scheduler.now() > Math.max(sinceNanos, drainEnd()) + lost()) {
      scheduler.breaks("no send begins when the time is over", batch.toString());
    }
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
    for (int i = 0; !draining && !ended && i < books.size(); i++) {
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
    } else if (sends == sendsAtInvoke && allUnreachableAtInvoke && allAreUnreachable()) {
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

  /// What was there before the flush has left, or else nobody waits for it the next time.
  private void checkFlush() {
    boolean flushed = scenario.flush().mode() == FlushMode.NEXT_INVOKE && !allUnreachableAtInvoke;
    long now = scheduler.now();
    long heldUntil = heldUntil();
    for (int i = 0; i < books.size(); i++) {
      if (books.get(i).hasJustSent()) {
        continue;
      }
      LaneState lane = buffer.lane(i);
      boolean thresholds = scenario.lanes().get(i).batching().invocationsMax() > 0;
      boolean heldLong = now >= heldUntil && now - waitsForBufferSince >= VAIN_WAIT_MIN;
      if (heldLong && (flushed || thresholds) && lane.owes() && lane.reachable()) {
        scheduler.breaks("whoever fails is not waited for", "lane" + i + " was waited for in vain");
      }
      boolean mayStay =
          thresholds || !lane.reachable() || now >= heldUntil || rests(lane, heldUntil);
      boolean holds = lane.waiting() + lane.inFlight() > 0;
      if (flushed
          && holds
          && !mayStay
          && lane.heldSinceNanos() - scenario.epochNanos() < sinceNanos) {
        scheduler.breaks("a flush waits for everything", "lane" + i + " still holds records");
      }
    }
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
    if (draining && now > Math.max(sinceNanos, drainEnd()) + CLOSE_GRACE + lost()) {
      scheduler.breaks("the shutdown ends inside its window", "it has not ended");
    }
  }

  /// By when the next event must have been asked for.
  private long serveEnd() {
    long inTime = Math.max(sinceNanos, deadlineNanos - INVOKE_MARGIN);
    FlushMode mode = scenario.flush().mode();
    if (mode != FlushMode.END && mode != FlushMode.AUTO) {
      return Math.min(inTime, sinceNanos + holdMax);
    }
    Long ended = endTold.get(requestId);
    if (ended != null) {
      return Math.min(inTime, Math.max(sinceNanos, ended) + holdMax);
    }
    Long started = startTold.get(requestId);
    boolean waitsForEnd = started != null && started <= sinceNanos + startNewsMax + lost();
    return waitsForEnd ? inTime : Math.min(inTime, sinceNanos + startNewsMax + holdMax);
  }

  private long drainEnd() {
    return Math.min(deadlineNanos - SHUTDOWN_MARGIN, sinceNanos + SHUTDOWN_MAX);
  }

  private long lost() {
    return scheduler.lost() - lostBefore;
  }
}
