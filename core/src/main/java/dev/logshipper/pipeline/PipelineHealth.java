package dev.logshipper.pipeline;

import java.util.List;

/// The state of all lanes at one instant.
///
/// @param isFinal whether the environment is shutting down
/// @param heldNanos total duration for which invocations were held for flushes
public record PipelineHealth(boolean isFinal, long heldNanos, List<LaneHealth> lanes) {
  public PipelineHealth {
    lanes = List.copyOf(lanes);
  }
}
