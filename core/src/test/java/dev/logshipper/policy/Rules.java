package dev.logshipper.policy;

import dev.logshipper.lifecycle.SimulatedTurn;
import dev.logshipper.sink.FlushMode;
import java.util.List;

/// The rules that are compared.
enum Rules {
  AUTO("auto", "#d62728"),
  SIMPLE("simple", "#17becf"),
  END("end", "#555555"),
  NEXT_INVOKE("next-invoke", "#1f77b4"),
  BACKGROUND("background", "#2ca02c"),
  S3_SEED("S3 seed", "#9467bd"),
  DATADOG("Datadog", "#ff7f0e"),
  ROTEL("Rotel", "#8c564b");

  /// The shipped modes and the published rules, without the simple rule, which is an ablation.
  static final List<Rules> COMPARED =
      List.of(AUTO, END, NEXT_INVOKE, BACKGROUND, S3_SEED, DATADOG, ROTEL);

  /// The default of `PUSHER_MAX_STALENESS_MS`.
  static final long STALENESS_NANOS = Clocked.nanos(1_000);

  private final String word;
  private final String colour;

  Rules(String word, String colour) {
    this.word = word;
    this.colour = colour;
  }

  String word() {
    return word;
  }

  String colour() {
    return colour;
  }

  /// The rule of a new environment.
  Rule begin() {
    return switch (this) {
      case AUTO -> ours(FlushMode.AUTO);
      case SIMPLE -> new SimpleRule(STALENESS_NANOS);
      case END -> ours(FlushMode.END);
      case NEXT_INVOKE -> ours(FlushMode.NEXT_INVOKE);
      case BACKGROUND -> ours(FlushMode.BACKGROUND);
      case S3_SEED -> new SeedRule();
      case DATADOG -> new DatadogRule();
      case ROTEL -> new RotelRule();
    };
  }

  private static Rule ours(FlushMode mode) {
    SimulatedTurn turn = new SimulatedTurn(mode, STALENESS_NANOS);
    return turn::serve;
  }

  /// A lane as it goes with the rule: ours send by themselves what is stale.
  Lane lane(Destination destination, Figures figures) {
    return switch (this) {
      case AUTO, SIMPLE, END, NEXT_INVOKE, BACKGROUND ->
          new Lane(destination, figures, STALENESS_NANOS);
      case S3_SEED, DATADOG, ROTEL -> new Lane(destination, figures, Clocked.NEVER);
    };
  }
}
