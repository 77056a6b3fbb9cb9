package dev.logshipper.simulation;

import dev.logshipper.pipeline.BufferProbe.LaneState;
import java.util.function.Supplier;

/// The facts about one lane.
///
/// @param received the events that it received
/// @param sends its sends, as its destination sees them
/// @param buffered its state in core's buffer
record SimulatedLane(
    Scenario.Lane plan, Received received, LaneSends sends, Supplier<LaneState> buffered) {

  LaneState state() {
    return buffered.get();
  }

  /// Whether it is flushed with invocations, rather than by thresholds of its own.
  boolean followsFlushes() {
    return plan.batching().invocationsMax() == 0;
  }
}
