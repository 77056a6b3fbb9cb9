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
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Predicts the work of one destination: runs one environment in virtual time, with the layer's
/// flush policy and batch rules, and measures the bodies of requests with the sink itself.
public final class Forecast {
  private static final long SEED = 6;
  private static final int INVOCATIONS_MAX = 4_000;

  /// With more, fewer invocations are simulated.
  private static final int REQUESTS_MAX = 100_000;

  /// Lambda ends an environment that is idle for some minutes.
  private static final long IDLE_NANOS_MAX = VirtualTime.nanos(600_000);

  /// A destination in the same region.
  private static final double SEND_MILLIS = 20;

  private final LaneConfig lane;
  private final FlushConfig flush;
  private final boolean shipsLines;
  private final boolean shipsReports;
  private final WireSize.Body body;

  private Forecast(Checkup checkup, Profile profile, LaneConfig lane, WireSize wire)
      throws InterruptedException {
    this.lane = lane;
    this.flush = checkup.configuration().flush();
    Set<String> types = new HashSet<>(checkup.configuration().logTypes());
    types.removeAll(lane.unwanted());
    this.shipsLines = types.contains("function");
    this.shipsReports = types.contains("platform");
    this.body = wire.measure(lane, lines(profile), shipsReports);
  }

  /// One for each destination.
  static List<Forecast> of(Checkup checkup, Profile profile) throws InterruptedException {
    List<Forecast> all = new ArrayList<>();
    WireSize wire = new WireSize(checkup, profile);
    for (LaneConfig lane : wire.lanes()) {
      all.add(new Forecast(checkup, profile, lane, wire));
    }
    return all;
  }

  /// The forecast for one environment with a number of invocations.
  public static List<LaneForecast> ofRun(Checkup checkup, Profile profile, int invocations)
      throws InterruptedException {
    List<LaneForecast> lanes = new ArrayList<>();
    for (Forecast each : of(checkup, profile)) {
      lanes.add(each.run(profile, invocations, 1));
    }
    return lanes;
  }

  private int lines(Profile profile) {
    return shipsLines ? profile.lines() : 0;
  }

  String mode() {
    return lane.name();
  }

  Batching batching() {
    return lane.batching();
  }

  /// The work of a day.
  LaneForecast day(Profile profile) {
    return day(profile, INVOCATIONS_MAX);
  }

  /// The same from fewer invocations, which is faster and less exact.
  LaneForecast day(Profile profile, int invocationsMax) {
    int possible = Math.clamp(REQUESTS_MAX / requestsAtOnce(profile), 1, invocationsMax);
    int invocations = (int) Math.clamp(profile.perDay(), 1, possible);
    return run(profile, invocations, profile.perDay() / invocations);
  }

  private long requestsAtOnce(Profile profile) {
    return 1 + (long) lines(profile) * profile.lineBytes() / lane.batching().batchBytes();
  }

  private LaneForecast run(Profile profile, int invocations, double factor) {
    if (lane.opener() == null) {
      return LaneForecast.off(lane.name());
    }
    FlushCourse course = new FlushCourse();
    Outcome outcome = simulate(profile, invocations, course);
    double requests = outcome.requestsTotal() * factor;
    double records = outcome.lines() * factor;
    double later = outcome.laterHeldMillis();
    return new LaneForecast(
        lane.name(),
        true,
        requests,
        records,
        outcome.bytes() * factor,
        requests * body.perRequest() + records * body.perRecord(),
        outcome.heldMillis(),
        outcome.firstHeldMillis(),
        Double.isNaN(later) ? null : later,
        outcome.stalenessP50(),
        outcome.stalenessP99(),
        course.phases());
  }

  private Outcome simulate(Profile profile, int invocations, FlushCourse course) {
    Random random = new Random(SEED);
    OutcomeRecorder recorder = new OutcomeRecorder();
    long duration = VirtualTime.nanos(profile.durationMillis());
    Workload workload = new Workload(profile.lineBytes(), shipsReports);
    SimulatedEnvironment environment = environment(recorder, workload, 0);
    FlushRule rule = rule(course);
    long at = 0;
    for (int i = 0; i < invocations; i++) {
      long gap = VirtualTime.nanos(profile.gapMillis(random));
      if (i > 0 && gap > IDLE_NANOS_MAX) {
        environment.shutDown();
        environment = environment(recorder, workload, at + gap);
        course.end();
        rule = rule(course);
      }
      at = environment.invoke(at + gap, duration, lines(profile), rule);
    }
    environment.shutDown();
    return recorder.outcome();
  }

  private SimulatedEnvironment environment(
      OutcomeRecorder recorder, Workload workload, long nowNanos) {
    Batching batching = lane.batching();
    SendRules rules =
        new SendRules(
            batching.staleness().toNanos(),
            batching.triggerBytes(),
            batching.batchBytes(),
            batching.invocationsMax());
    SimulatedLane simulated = new SimulatedLane(SendLatency.steady(SEND_MILLIS), recorder, rules);
    return new SimulatedEnvironment(simulated, recorder, workload, nowNanos);
  }

  /// No invocation is held for a lane with thresholds.
  private FlushRule rule(FlushCourse course) {
    return lane.batching().invocationsMax() == Batching.WITH_EACH_FLUSH
        ? new ShipperRule(flush.mode(), flush.staleness().toNanos(), course)
        : _ -> {};
  }
}
