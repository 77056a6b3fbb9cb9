package dev.logshipper.simulation;

import dev.logshipper.intake.IntakeCounts;
import dev.logshipper.intake.SimulatedIntake;
import java.util.HashMap;
import java.util.Map;

/// The deliveries that the extension has accepted: their order, their events for each lane, and the
/// reports in them.
final class Inbox {
  /// Bytes of a record in the buffer in addition to its content.
  private static final int ENTRY_OVERHEAD_BYTES = 112;

  private final Scenario scenario;
  private final SimulatedScheduler scheduler;
  private final Facts facts;
  private final Observations observations;
  private final Map<SimulatedTask, Telemetry.Delivery> pending = new HashMap<>();
  private String running = "";
  private long costBytes;
  private long malformed;
  private long droppedByPlatform;

  Inbox(Scenario scenario, SimulatedScheduler scheduler, Facts facts, Observations observations) {
    this.scenario = scenario;
    this.scheduler = scheduler;
    this.facts = facts;
    this.observations = observations;
  }

  /// The current thread posts a delivery, and disconnects after the response timeout.
  ///
  /// @return whether it was accepted
  boolean post(Telemetry.Delivery delivery, SimulatedIntake intake) throws InterruptedException {
    long timeoutAt = scheduler.now() + scenario.platform().responseTimeoutNanos();
    if (!intake.awaitRoom(delivery.body, () -> scheduler.now() < timeoutAt)) {
      scheduler.log("rejects " + delivery.events.size() + " events");
      return false;
    }
    pending.put(scheduler.current(), delivery);
    intake.handle(delivery.body);
    scheduler.log("accepts " + delivery.events.size() + " events");
    return true;
  }

  /// The handler starts with the current thread's delivery: this defines the order of records.
  void handlerStarts() {
    Telemetry.Delivery delivery = pending.remove(scheduler.current());
    if (delivery == null) {
      return;
    }
    for (PlatformEvent event : delivery.events) {
      report(event);
      malformed += 1 - event.records();
      droppedByPlatform += event.droppedRecords();
      if (scenario.wantedTypes().contains(event.category())) {
        costBytes += event.contentBytes() + ENTRY_OVERHEAD_BYTES;
        for (SimulatedLane lane : facts.lanes()) {
          lane.received().add(event);
        }
      }
    }
  }

  private void report(PlatformEvent event) {
    switch (event.type()) {
      case "platform.start" -> {
        running = event.invocation();
        observations.startReported(running);
      }
      case "platform.runtimeDone" -> observations.endReported(event.invocation());
      case "platform.logsDropped" -> observations.endReported(running);
      default -> {}
    }
  }

  /// The handler has handled it.
  void handlerEnds() {
    for (SimulatedLane lane : facts.lanes()) {
      lane.received().handled();
    }
  }

  /// Bytes of all received records in the buffer.
  long costBytes() {
    return costBytes;
  }

  /// The intake counts exactly the malformed events, and those that the platform reported as
  /// dropped.
  void check(IntakeCounts counts) {
    if (counts.malformed() != malformed || counts.droppedByPlatform() != droppedByPlatform) {
      scheduler.violated("IntakeCountsAreExact", counts.toString());
    }
  }
}
