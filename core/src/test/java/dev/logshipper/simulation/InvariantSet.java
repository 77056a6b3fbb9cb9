package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// All invariants of a run: those of the environment, and those of each lane.
final class InvariantSet {
  private final List<Invariant> environment;
  private final List<List<Invariant>> lanes = new ArrayList<>();

  /// @param mayOverflow whether all received records together exceed the buffer
  /// @param enoughTime whether the shutdown's window is as long as documented, and no response to
  ///   the platform is lost
  InvariantSet(
      Scenario scenario,
      SimulatedScheduler scheduler,
      BufferProbe buffer,
      Facts facts,
      BooleanSupplier mayOverflow,
      BooleanSupplier enoughTime) {
    environment = ofEnvironment(scenario, scheduler, buffer, facts);
    for (SimulatedLane lane : facts.lanes()) {
      List<Invariant> invariants = new ArrayList<>();
      invariants.addAll(ofSends(lane, scheduler));
      invariants.addAll(ofTiming(lane, scenario, scheduler, facts));
      invariants.addAll(ofLedger(lane, scheduler, mayOverflow));
      invariants.add(new ShutdownDelivers(lane, scheduler, enoughTime));
      lanes.add(List.copyOf(invariants));
    }
  }

  private static List<Invariant> ofEnvironment(
      Scenario scenario, SimulatedScheduler scheduler, BufferProbe buffer, Facts facts) {
    Invocation invocation = facts.invocation();
    long holdMaxNanos = scenario.flush().holdMax().toNanos();
    return List.of(
        new MemoryIsBounded(scheduler, buffer, scenario.bufferBytesMax()),
        new InvocationReleasedInTime(scheduler, invocation),
        new HoldIsBounded(scheduler, invocation, facts.reports(), holdMaxNanos),
        new HoldCanHelp(scheduler, invocation, facts.hold(), facts.lanes()),
        new ShutdownEndsInTime(scheduler, facts.window()),
        new SendsHaveDeadlines(scheduler, facts.window()),
        new NoSendAfterShutdown(scheduler, facts.window()));
  }

  private static List<Invariant> ofSends(SimulatedLane lane, SimulatedScheduler scheduler) {
    return List.of(
        new OneSendAtATime(lane, scheduler),
        new NoSendAfterClose(lane, scheduler),
        new SendsEndWithPipeline(lane, scheduler),
        new LimitsKept(lane, scheduler),
        new RetryRepeatsBatch(lane, scheduler),
        new BatchIdsDiffer(lane, scheduler),
        new NothingDuplicated(lane, scheduler),
        new OrderKept(lane, scheduler));
  }

  private static List<Invariant> ofTiming(
      SimulatedLane lane, Scenario scenario, SimulatedScheduler scheduler, Facts facts) {
    return List.of(
        new AttemptsBackOff(lane, scheduler),
        new ProgressGoesOnAtOnce(lane, scheduler),
        new FailingLaneIsUnreachable(lane, scheduler),
        new VainHoldIsNotRepeated(lane, scheduler, facts.invocation(), facts.hold()),
        new FlushIsComplete(lane, scheduler, facts.invocation(), facts.reports(), facts.hold()),
        new HealedLaneDelivers(lane, scheduler),
        new NoStaleRecords(lane, scheduler, scenario));
  }

  private static List<Invariant> ofLedger(
      SimulatedLane lane, SimulatedScheduler scheduler, BooleanSupplier mayOverflow) {
    return List.of(
        new NothingLost(lane, scheduler),
        new LedgerBalances(lane, scheduler),
        new LedgerMatchesSends(lane, scheduler),
        new DropsAreJustified(lane, scheduler, mayOverflow),
        new LedgerIsFinal(lane, scheduler));
  }

  /// Passes an event to all invariants.
  void notify(Consumer<Invariant> event) {
    environment.forEach(event);
    for (List<Invariant> lane : lanes) {
      lane.forEach(event);
    }
  }

  /// Passes an event of one lane to the invariants of that lane and of the environment.
  void notify(int lane, Consumer<Invariant> event) {
    environment.forEach(event);
    lanes.get(lane).forEach(event);
  }
}
