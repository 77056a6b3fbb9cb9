package dev.logshipper.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;

/// The lanes of a pipeline, linked to chains, and grouped by what starts their batches. Its methods
/// need the buffer's lock.
final class LaneGroups {
  final List<Lane> all = new ArrayList<>();

  /// Send with each flush.
  final List<Lane> flushed = new ArrayList<>();

  /// Send when a threshold is reached.
  final List<Lane> withThresholds = new ArrayList<>();

  /// The lanes with thresholds, and those that they hand over to.
  final List<Lane> scheduled = new ArrayList<>();

  /// @param random uniform in [0, 1)
  LaneGroups(List<LaneConfig> configs, MemoryBound memory, DoubleSupplier random) {
    for (LaneConfig config : configs) {
      Lane lane = new Lane(config, memory, random);
      all.add(lane);
      (config.batching().followsFlushes() ? flushed : withThresholds).add(lane);
    }
    for (Lane lane : all) {
      for (Lane other : all) {
        if (other.config.name().equals(lane.config.chain().fallback())) {
          lane.fallBackOn(other);
        }
      }
    }
    scheduled.addAll(withThresholds);
    for (int i = 0; i < scheduled.size(); i++) {
      Handover handover = scheduled.get(i).handover();
      if (handover != null && !scheduled.contains(handover.to())) {
        scheduled.add(handover.to());
      }
    }
  }

  boolean areWarm() {
    for (Lane lane : all) {
      if (!lane.isWarm()) {
        return false;
      }
    }
    return true;
  }

  /// Whether a send of any lane has succeeded.
  boolean haveSent() {
    for (Lane lane : all) {
      if (lane.latency.nanos() > 0) {
        return true;
      }
    }
    return false;
  }

  /// Typical duration of a send in the slowest lane that a flush waits for, zero before the first
  /// send; empty when no such lane has a reachable destination.
  OptionalLong typicalSendNanos() {
    OptionalLong slowest = OptionalLong.empty();
    for (Lane lane : flushed) {
      Lane sender = lane.firstReachable();
      if (sender != null) {
        slowest = OptionalLong.of(Math.max(slowest.orElse(0), sender.latency.nanos()));
      }
    }
    return slowest;
  }
}
