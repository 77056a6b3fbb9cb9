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
  private final List<LaneBook> books;
  private final Promises promises;
  private final Map<SimulatedTask, Telemetry.Delivery> brought = new HashMap<>();
  private String running = "";
  private long costBytes;
  private long malformed;
  private long droppedByPlatform;

  Inbox(Scenario scenario, SimulatedScheduler scheduler, List<LaneBook> books, Promises promises) {
    this.scenario = scenario;
    this.scheduler = scheduler;
    this.books = books;
    this.promises = promises;
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
        for (LaneBook book : books) {
          book.received().add(event);
        }
      }
    }
  }

  private void tell(PlatformEvent event) {
    switch (event.type()) {
      case "platform.start" -> {
        running = event.requestId();
        promises.startTold(running);
      }
      case "platform.runtimeDone" -> promises.endTold(event.requestId());
      case "platform.logsDropped" -> promises.endTold(running);
      default -> {}
    }
  }

  /// The handler has dealt with it.
  void ends() {
    for (LaneBook book : books) {
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
