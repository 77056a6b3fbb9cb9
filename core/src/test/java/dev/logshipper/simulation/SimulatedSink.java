package dev.logshipper.simulation;

import dev.logshipper.sink.Batch;
import dev.logshipper.sink.BatchLimits;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import java.io.IOException;

/// The sink of a simulated lane. Reports its sends to the invariants.
final class SimulatedSink implements Sink {
  private final int lane;
  private final Scenario.Lane plan;
  private final SimulatedDestination destination;
  private final SimulatedScheduler scheduler;
  private final Observations observations;

  SimulatedSink(
      int lane,
      Scenario.Lane plan,
      SimulatedDestination destination,
      SimulatedScheduler scheduler,
      Observations observations) {
    this.lane = lane;
    this.plan = plan;
    this.destination = destination;
    this.scheduler = scheduler;
    this.observations = observations;
    observations.event(lane, Invariant::sinkOpened);
  }

  @Override
  public BatchLimits limits() {
    return plan.limits();
  }

  @Override
  public SendResult send(Batch batch, Deadline deadline) throws IOException, InterruptedException {
    scheduler.checkNotOver();
    observations.sendStarted(lane, batch, deadline);
    scheduler.log("sends " + batch);
    SendResult counted = SendResult.retry("failed");
    try {
      SendResult result = destination.receive(batch, deadline);
      scheduler.log("receives " + result);
      counted = destination.wasImpossible() ? counted : result;
      return result;
    } finally {
      observations.sendEnded(lane, batch, counted);
    }
  }

  @Override
  public void close() {
    if (!scheduler.isOver()) {
      observations.event(lane, Invariant::sinkClosed);
    }
  }
}
