package dev.logshipper.simulation;

/// An invariant of one lane.
abstract class LaneInvariant implements Invariant {
  final SimulatedLane lane;
  final SimulatedScheduler scheduler;

  LaneInvariant(SimulatedLane lane, SimulatedScheduler scheduler) {
    this.lane = lane;
    this.scheduler = scheduler;
  }

  void violated(String how) {
    scheduler.violated(this, lane.plan().name() + ": " + how);
  }
}
