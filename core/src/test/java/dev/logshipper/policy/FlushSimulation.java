package dev.logshipper.policy;

import java.util.Random;

/// Lets one rule meet one pattern. The same pattern brings the same arrivals to every rule.
final class FlushSimulation {
  private static final long SEED = 6;
  private static final int INVOCATIONS = 4_000;

  /// Lambda lets an environment go that nobody has used for so long.
  private static final long IDLE_NANOS_MAX = Clocked.nanos(600_000);

  private FlushSimulation() {}

  static Outcome run(Pattern pattern, Rules rules) {
    Random random = new Random(SEED);
    Figures figures = new Figures();
    long at = 0;
    Environment environment = environment(pattern, rules, figures, at);
    Rule rule = rules.begin();
    for (int i = 0; i < INVOCATIONS; i++) {
      long gap = Clocked.nanos(pattern.gaps().next(random, i));
      long duration = Clocked.nanos(pattern.durations().next(random, i));
      if (i > 0 && gap > IDLE_NANOS_MAX) {
        environment.shutDown();
        environment = environment(pattern, rules, figures, at + gap);
        rule = rules.begin();
      }
      at = environment.invoke(at + gap, duration, rule);
    }
    environment.shutDown();
    return figures.outcome();
  }

  private static Environment environment(
      Pattern pattern, Rules rules, Figures figures, long nowNanos) {
    return new Environment(rules.lane(pattern.destination(), figures), figures, nowNanos);
  }
}
