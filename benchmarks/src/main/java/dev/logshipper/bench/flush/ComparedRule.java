package dev.logshipper.bench.flush;

import dev.logshipper.advisor.simulation.FlushRule;
import dev.logshipper.advisor.simulation.OutcomeRecorder;
import dev.logshipper.advisor.simulation.SendLatency;
import dev.logshipper.advisor.simulation.SendRules;
import dev.logshipper.advisor.simulation.ShipperRule;
import dev.logshipper.advisor.simulation.SimulatedLane;
import dev.logshipper.advisor.simulation.VirtualTime;
import dev.logshipper.sink.FlushMode;
import java.util.List;

/// The rules under comparison.
enum ComparedRule {
  AUTO("auto", "#d62728"),
  SIMPLE("simple", "#17becf"),
  END("end", "#555555"),
  NEXT_INVOKE("next-invoke", "#1f77b4"),
  BACKGROUND("background", "#2ca02c"),
  ADAPTIVE_BATCHING("Adaptive Batching", "#9467bd"),
  DATADOG("Datadog", "#ff7f0e"),
  ROTEL("Rotel", "#8c564b");

  /// The alternatives to `auto`: the other modes and the published rules. Without the simple rule,
  /// which is an ablation.
  static final List<ComparedRule> ALTERNATIVES =
      List.of(END, NEXT_INVOKE, BACKGROUND, ADAPTIVE_BATCHING, DATADOG, ROTEL);

  /// The default of `PUSHER_MAX_STALENESS_MS`.
  static final long STALENESS_NANOS = VirtualTime.nanos(1_000);

  private final String title;
  private final String colour;

  ComparedRule(String title, String colour) {
    this.title = title;
    this.colour = colour;
  }

  String title() {
    return title;
  }

  String colour() {
    return colour;
  }

  /// The rule of a new environment.
  FlushRule begin() {
    return switch (this) {
      case AUTO -> shipper(FlushMode.AUTO);
      case SIMPLE -> new SimpleRule(STALENESS_NANOS);
      case END -> shipper(FlushMode.END);
      case NEXT_INVOKE -> shipper(FlushMode.NEXT_INVOKE);
      case BACKGROUND -> shipper(FlushMode.BACKGROUND);
      case ADAPTIVE_BATCHING -> new AdaptiveBatchingRule();
      case DATADOG -> new DatadogRule();
      case ROTEL -> new RotelRule();
    };
  }

  private static FlushRule shipper(FlushMode mode) {
    return new ShipperRule(mode, STALENESS_NANOS);
  }

  /// The lane of a new environment: this extension's lanes also send stale lines by themselves.
  SimulatedLane lane(SendLatency latency, OutcomeRecorder recorder) {
    return switch (this) {
      case AUTO, SIMPLE, END, NEXT_INVOKE, BACKGROUND ->
          new SimulatedLane(latency, recorder, SendRules.withEachFlush(STALENESS_NANOS));
      case ADAPTIVE_BATCHING, DATADOG, ROTEL ->
          new SimulatedLane(latency, recorder, SendRules.withEachFlush(VirtualTime.NEVER));
    };
  }
}
