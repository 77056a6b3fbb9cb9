package dev.logshipper.bench.flush;

import static java.util.Objects.requireNonNull;

import dev.logshipper.advisor.simulation.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The outcomes of all rules on one pattern.
record Comparison(TrafficPattern pattern, Map<ComparedRule, Outcome> outcomes) {

  Comparison {
    outcomes = Map.copyOf(outcomes);
  }

  static Comparison on(TrafficPattern pattern) {
    Map<ComparedRule, Outcome> outcomes = new EnumMap<>(ComparedRule.class);
    for (ComparedRule rule : ComparedRule.values()) {
      outcomes.put(rule, FlushSimulation.run(pattern, rule));
    }
    return new Comparison(pattern, outcomes);
  }

  static List<Comparison> onEach(List<TrafficPattern> patterns) {
    return patterns.parallelStream().map(Comparison::on).toList();
  }

  Outcome outcome(ComparedRule rule) {
    return requireNonNull(outcomes.get(rule));
  }
}
