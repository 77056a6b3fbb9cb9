package dev.logshipper.bench.flush;

import java.util.Random;

/// Runs one rule on one pattern. The arrivals of a pattern are the same for every rule.
final class FlushSimulation {
  private static final long SEED = 6;
  private static final int INVOCATIONS = 4_000;

  /// Lambda ends an environment that is idle for this long.
  private static final long IDLE_NANOS_MAX = VirtualTime.nanos(600_000);

  private FlushSimulation() {}

  static Outcome run(TrafficPattern pattern, ComparedRule compared) {
    Random random = new Random(SEED);
    OutcomeRecorder recorder = new OutcomeRecorder();
    long at = 0;
    SimulatedEnvironment environment = environment(pattern, compared, recorder, at);
    FlushRule rule = compared.begin();
    for (int i = 0; i < INVOCATIONS; i++) {
      long gap = VirtualTime.nanos(pattern.gaps().next(random, i));
      long duration = VirtualTime.nanos(pattern.durations().next(random, i));
      if (i > 0 && gap > IDLE_NANOS_MAX) {
        environment.shutDown();
        environment = environment(pattern, compared, recorder, at + gap);
        rule = compared.begin();
      }
      at = environment.invoke(at + gap, duration, rule);
    }
    environment.shutDown();
    return recorder.outcome();
  }

  private static SimulatedEnvironment environment(
      TrafficPattern pattern, ComparedRule compared, OutcomeRecorder recorder, long nowNanos) {
    SimulatedLane lane = compared.lane(pattern.latency(), recorder);
    return new SimulatedEnvironment(lane, recorder, nowNanos);
  }
}
