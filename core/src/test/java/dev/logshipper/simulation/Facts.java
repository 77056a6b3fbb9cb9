package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe;
import java.util.ArrayList;
import java.util.List;

/// The facts of a run that several invariants need.
record Facts(
    Invocation invocation,
    Reports reports,
    Hold hold,
    ShutdownWindow window,
    List<SimulatedLane> lanes) {

  static Facts of(Scenario scenario, SimulatedScheduler scheduler, BufferProbe buffer) {
    List<SimulatedLane> lanes = new ArrayList<>();
    for (Scenario.Lane plan : scenario.lanes()) {
      int index = lanes.size();
      lanes.add(
          new SimulatedLane(
              plan, new Received(plan), new LaneSends(plan, scheduler), () -> buffer.lane(index)));
    }
    Invocation invocation = new Invocation(scheduler);
    Reports reports = new Reports(scenario, scheduler, invocation);
    Hold hold = new Hold(scenario, scheduler, invocation, reports, lanes);
    return new Facts(invocation, reports, hold, new ShutdownWindow(scheduler), lanes);
  }

  SimulatedLane lane(int index) {
    return lanes.get(index);
  }
}
