package dev.logshipper.bench.flush;

import dev.logshipper.advisor.simulation.FlushRule;
import dev.logshipper.advisor.simulation.Outcome;
import dev.logshipper.advisor.simulation.OutcomeRecorder;
import dev.logshipper.advisor.simulation.SimulatedEnvironment;
import dev.logshipper.advisor.simulation.SimulatedLane;
import dev.logshipper.advisor.simulation.VirtualTime;
import dev.logshipper.advisor.simulation.Workload;
import java.util.Random;

/// Runs one rule on one pattern. The arrivals of a pattern are the same for every rule.
final class FlushSimulation {
  private static final long SEED = 6;
  private static final Workload WORKLOAD = new Workload(120, false);
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
      at = environment.invoke(at + gap, duration, lines(duration), rule);
    }
    environment.shutDown();
    return recorder.outcome();
  }

  /// Ten, or one each half second.
  private static int lines(long durationNanos) {
    return Math.clamp(durationNanos / VirtualTime.nanos(500), 10, 60);
  }

  private static SimulatedEnvironment environment(
      TrafficPattern pattern, ComparedRule compared, OutcomeRecorder recorder, long nowNanos) {
    SimulatedLane lane = compared.lane(pattern.latency(), recorder);
    return new SimulatedEnvironment(lane, recorder, WORKLOAD, nowNanos);
  }
}
