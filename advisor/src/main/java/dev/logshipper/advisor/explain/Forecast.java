package dev.logshipper.advisor.explain;

import dev.logshipper.advisor.doctor.Checkup;
import dev.logshipper.advisor.simulation.FlushRule;
import dev.logshipper.advisor.simulation.Outcome;
import dev.logshipper.advisor.simulation.OutcomeRecorder;
import dev.logshipper.advisor.simulation.SendLatency;
import dev.logshipper.advisor.simulation.SendRules;
import dev.logshipper.advisor.simulation.ShipperRule;
import dev.logshipper.advisor.simulation.SimulatedEnvironment;
import dev.logshipper.advisor.simulation.SimulatedLane;
import dev.logshipper.advisor.simulation.VirtualTime;
import dev.logshipper.advisor.simulation.Workload;
import dev.logshipper.lifecycle.FlushConfig;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.LaneConfig.Batching;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Predicts the work of each destination: runs one environment in virtual time, with the layer's
/// flush policy and batch rules, and measures the bodies of requests with the sink itself.
public final class Forecast {
  private static final long SEED = 6;
  private static final int INVOCATIONS_MAX = 4_000;

  /// Lambda ends an environment that is idle for some minutes.
  private static final long IDLE_NANOS_MAX = VirtualTime.nanos(600_000);

  /// A destination in the same region.
  private static final double SEND_MILLIS = 20;

  private final Checkup checkup;
  private final Profile profile;
  private final FlushConfig flush;

  private Forecast(Checkup checkup, Profile profile) {
    this.checkup = checkup;
    this.profile = profile;
    this.flush = checkup.configuration().flush();
  }

  /// The forecast for a day.
  public static List<LaneForecast> ofDay(Checkup checkup, Profile profile)
      throws InterruptedException {
    int invocations = (int) Math.clamp(profile.perDay(), 1, INVOCATIONS_MAX);
    return new Forecast(checkup, profile).run(invocations, profile.perDay() / invocations);
  }

  /// The forecast for one environment with a number of invocations.
  public static List<LaneForecast> ofRun(Checkup checkup, Profile profile, int invocations)
      throws InterruptedException {
    return new Forecast(checkup, profile).run(invocations, 1);
  }

  private List<LaneForecast> run(int invocations, double factor) throws InterruptedException {
    List<LaneForecast> lanes = new ArrayList<>();
    WireSize wire = new WireSize(checkup, profile);
    for (LaneConfig lane : wire.lanes()) {
      if (lane.opener() == null) {
        lanes.add(new LaneForecast(lane.name(), 0, 0, 0, 0, 0, 0, 0));
        continue;
      }
      boolean reports = !lane.unwanted().contains("platform");
      int lines = lane.unwanted().contains("function") ? 0 : profile.lines();
      Outcome outcome = simulate(lane.batching(), reports, lines, invocations);
      double requests = outcome.requestsTotal() * factor;
      double records = outcome.lines() * factor;
      WireSize.Body body = wire.measure(lane, lines, reports);
      lanes.add(
          new LaneForecast(
              lane.name(),
              requests,
              records,
              outcome.bytes() * factor,
              requests * body.perRequest() + records * body.perRecord(),
              outcome.heldMillis(),
              outcome.stalenessP50(),
              outcome.stalenessP99()));
    }
    return lanes;
  }

  private Outcome simulate(Batching batching, boolean reports, int lines, int invocations) {
    Random random = new Random(SEED);
    OutcomeRecorder recorder = new OutcomeRecorder();
    long duration = VirtualTime.nanos(profile.durationMillis());
    Workload workload = new Workload(profile.lineBytes(), reports);
    SimulatedEnvironment environment = environment(batching, recorder, workload, 0);
    FlushRule rule = rule(batching);
    long at = 0;
    for (int i = 0; i < invocations; i++) {
      long gap = VirtualTime.nanos(gap(random));
      if (i > 0 && gap > IDLE_NANOS_MAX) {
        environment.shutDown();
        environment = environment(batching, recorder, workload, at + gap);
        rule = rule(batching);
      }
      at = environment.invoke(at + gap, duration, lines, rule);
    }
    environment.shutDown();
    return recorder.outcome();
  }

  private double gap(Random random) {
    double mean = profile.gapMillis();
    return profile.isSteady() ? mean : -mean * Math.log(1 - random.nextDouble());
  }

  private static SimulatedEnvironment environment(
      Batching batching, OutcomeRecorder recorder, Workload workload, long nowNanos) {
    SendRules rules =
        new SendRules(
            batching.staleness().toNanos(),
            batching.triggerBytes(),
            batching.batchBytes(),
            batching.invocationsMax());
    SimulatedLane lane = new SimulatedLane(SendLatency.steady(SEND_MILLIS), recorder, rules);
    return new SimulatedEnvironment(lane, recorder, workload, nowNanos);
  }

  /// No invocation is held for a lane with thresholds.
  private FlushRule rule(Batching batching) {
    return batching.invocationsMax() == Batching.WITH_EACH_FLUSH
        ? new ShipperRule(flush.mode(), flush.staleness().toNanos())
        : _ -> {};
  }
}
