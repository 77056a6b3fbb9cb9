package dev.logshipper.simulation;

import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.sink.SendResult.Cause;
import java.util.function.BooleanSupplier;

/// A shutdown with enough time delivers all records of a lane with a healthy and instant
/// destination, unless responses to the platform were lost, or it fails with too many records.
final class ShutdownDelivers extends LaneInvariant {
  private static final int POISONS_MAX = 3;

  private final BooleanSupplier enoughTime;
  private boolean healthy;

  /// @param enoughTime whether the window is as long as documented, and no response is lost
  ShutdownDelivers(SimulatedLane lane, SimulatedScheduler scheduler, BooleanSupplier enoughTime) {
    super(lane, scheduler);
    this.enoughTime = enoughTime;
  }

  @Override
  public void shutdownStarted() {
    Scenario.Lane plan = lane.plan();
    boolean isHealthy = plan.faultPercent() == 0 || plan.healthyFromNanos() <= scheduler.now();
    healthy = isHealthy && plan.opens() && plan.latencyNanosMax() == 0 && !lane.sends().isSending();
  }

  @Override
  public void pipelineClosed(LaneLedger ledger) {
    boolean findsPoison = lane.plan().poisonEvery() > 3 && lane.plan().poisonCause() == Cause.ERROR;
    long poisons = lane.received().poisons();
    boolean canDeliver = poisons == 0 || (findsPoison && poisons <= POISONS_MAX);
    boolean mustArrive = healthy && canDeliver && enoughTime.getAsBoolean() && scheduler.isExact();
    if (mustArrive && !lane.sends().isSending() && ledger.undelivered() > poisons) {
      violated(ledger.line());
    }
  }
}
