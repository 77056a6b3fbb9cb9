package dev.logshipper.advisor.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The predicted work of one destination.
///
/// @param isOn whether the sink can be opened; otherwise its records are dropped
/// @param requests in a day
/// @param records in a day
/// @param contentBytes of these
/// @param bodyBytes of all requests in a day, as encoded by the sink
/// @param heldMillis mean time for which an invocation is held
/// @param firstHeldMillis the same for the first invocation of an environment, without the costs of
///   a cold start
/// @param laterHeldMillis the same for the others; null if each environment has only one
/// @param stalenessSeconds median time from a line to its storage
/// @param stalenessMax of 99 in 100 lines
/// @param flush the policy's decisions in the first hour of an environment; empty if the lane sends
///   by thresholds of its own
public record LaneForecast(
    String mode,
    boolean isOn,
    double requests,
    double records,
    double contentBytes,
    double bodyBytes,
    double heldMillis,
    double firstHeldMillis,
    @Nullable Double laterHeldMillis,
    double stalenessSeconds,
    double stalenessMax,
    List<FlushPhase> flush) {

  public LaneForecast {
    flush = List.copyOf(flush);
  }

  static LaneForecast off(String mode) {
    return new LaneForecast(mode, false, 0, 0, 0, 0, 0, 0, null, 0, 0, List.of());
  }
}
