package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe.LaneState;
import dev.logshipper.sink.FlushMode;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The wait that holds the current invocation: for its end, then for the buffer.
final class Hold {
  private final Scenario scenario;
  private final SimulatedScheduler scheduler;
  private final Invocation invocation;
  private final Reports reports;
  private final List<SimulatedLane> lanes;
  private BooleanSupplier defersFlush = () -> false;
  private boolean awaitedEnd;
  private boolean awaitsBuffer;
  private long awaitsBufferSince;
  private long sends;
  private long sendsAtStart;
  private boolean allUnreachableAtStart;
  private boolean isFirst;

  Hold(
      Scenario scenario,
      SimulatedScheduler scheduler,
      Invocation invocation,
      Reports reports,
      List<SimulatedLane> lanes) {
    this.scenario = scenario;
    this.scheduler = scheduler;
    this.invocation = invocation;
    this.reports = reports;
    this.lanes = lanes;
  }

  /// @param source whether the policy deferred the flush of the latest invocation
  void defersFlush(BooleanSupplier source) {
    defersFlush = source;
  }

  void invocationStarted() {
    awaitsBufferSince = SimulatedTask.NEVER;
    sendsAtStart = sends;
    allUnreachableAtStart = areAllUnreachable();
    awaitedEnd = false;
    isFirst = isBeforeFirstSend();
  }

  void sendStarted() {
    sends++;
  }

  /// @param waitsForBuffer whether the lifecycle's thread waits for a change of the buffer
  void beforeTimeMoves(boolean waitsForBuffer) {
    awaitsBuffer = waitsForBuffer;
    if (invocation.isActive() && waitsForBuffer && awaitsBufferSince == SimulatedTask.NEVER) {
      awaitsBufferSince = scheduler.now();
      isFirst = isBeforeFirstSend();
    }
    awaitedEnd |= invocation.isActive() && !waitsForBuffer && reports.areAwaited();
  }

  void ended() {
    awaitedEnd &= !defersFlush.getAsBoolean();
  }

  boolean awaitedEnd() {
    return awaitedEnd;
  }

  boolean awaitsBuffer() {
    return awaitsBuffer;
  }

  /// How long the buffer has been awaited.
  long awaitedBufferNanos() {
    return scheduler.now() - awaitsBufferSince;
  }

  /// The end of the longest hold that counts from the wait for the buffer.
  long untilNanos() {
    long from = Math.min(awaitsBufferSince, scheduler.now());
    Duration longest = scenario.flush().holdMax();
    Duration first = scenario.flush().firstHoldMax();
    long nanos = isFirst ? Math.min(longest.toNanos(), first.toNanos()) : longest.toNanos();
    return Math.min(invocation.marginNanos(), from + nanos);
  }

  /// Whether a lane backs off until the hold ends, or for longer.
  boolean isOutlastedByBackoff(LaneState lane) {
    return lane.backsOffUntilNanos() != Long.MIN_VALUE
        && lane.backsOffUntilNanos() - scenario.epochNanos() >= untilNanos() + invocation.lost();
  }

  /// Whether a flush was awaited during this invocation.
  boolean hasFlushed() {
    boolean atEnd = awaitedEnd && reports.isStartKnown() && reports.isEndKnown();
    boolean atStart = scenario.flush().mode() == FlushMode.NEXT_INVOKE;
    return !allUnreachableAtStart && (atStart || atEnd);
  }

  /// Whether no flush could deliver anything since the invocation started.
  boolean isWithoutReachableLane() {
    return sends == sendsAtStart && allUnreachableAtStart && areAllUnreachable();
  }

  private boolean isBeforeFirstSend() {
    return scenario.flush().mode() == FlushMode.AUTO
        && lanes.stream().noneMatch(lane -> lane.state().hasSent());
  }

  private boolean areAllUnreachable() {
    for (SimulatedLane lane : lanes) {
      if (lane.followsFlushes() && lane.state().reachable()) {
        return false;
      }
    }
    return true;
  }
}
