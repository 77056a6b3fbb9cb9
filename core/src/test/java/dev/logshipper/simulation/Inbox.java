package dev.logshipper.simulation;

import dev.logshipper.intake.IntakeCounts;
import dev.logshipper.intake.SimulatedIntake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the world knows about the deliveries that the extension has taken: their order, what they
/// hold for each lane, and what they tell.
final class Inbox {
  /// What a record costs in the buffer beside its content.
  private static final int ENTRY_OVERHEAD_BYTES = 112;

  private final Scenario scenario;
  private final SimulatedScheduler scheduler;
  private final List<LaneOracle> oracles;
  private final Invariants invariants;
  private final Map<SimulatedTask, Telemetry.Delivery> brought = new HashMap<>();
  private String running = "";
  private long costBytes;
  private long malformed;
  private long droppedByPlatform;

  Inbox(
      Scenario scenario,
      SimulatedScheduler scheduler,
      List<LaneOracle> oracles,
      Invariants invariants) {
    this.scenario = scenario;
    this.scheduler = scheduler;
    this.oracles = oracles;
    this.invariants = invariants;
  }

  /// The current thread brings a delivery, and hangs up when its patience is over.
  ///
  /// @return whether it was taken, and not sent back
  boolean take(Telemetry.Delivery delivery, SimulatedIntake intake) throws InterruptedException {
    long patientUntil = scheduler.now() + scenario.platform().patienceNanos();
    if (!intake.awaitRoom(delivery.body, () -> scheduler.now() < patientUntil)) {
      scheduler.say("has sent back " + delivery.events.size() + " events");
      return false;
    }
    brought.put(scheduler.current(), delivery);
    intake.handle(delivery.body);
    scheduler.say("has taken " + delivery.events.size() + " events");
    return true;
  }

  /// The handler begins with what the current thread has brought: this is the order of records.
  void begins() {
    Telemetry.Delivery delivery = brought.remove(scheduler.current());
    if (delivery == null) {
      return;
    }
    for (PlatformEvent event : delivery.events) {
      tell(event);
      malformed += 1 - event.records();
      droppedByPlatform += event.droppedRecords();
      if (scenario.wantedTypes().contains(event.category())) {
        costBytes += event.contentBytes() + ENTRY_OVERHEAD_BYTES;
        for (LaneOracle book : oracles) {
          book.received().add(event);
        }
      }
    }
  }

  private void tell(PlatformEvent event) {
    switch (event.type()) {
      case "platform.start" -> {
        running = event.requestId();
        invariants.startReported(running);
      }
      case "platform.runtimeDone" -> invariants.endReported(event.requestId());
      case "platform.logsDropped" -> invariants.endReported(running);
      default -> {}
    }
  }

  /// The handler has dealt with it.
  void ends() {
    for (LaneOracle book : oracles) {
      book.received().handled();
    }
  }

  /// Bytes that all records together would take up.
  long costBytes() {
    return costBytes;
  }

  void check(IntakeCounts counts) {
    if (counts.malformed() != malformed || counts.droppedByPlatform() != droppedByPlatform) {
      scheduler.breaks("what never came is counted", counts.toString());
    }
  }
}
