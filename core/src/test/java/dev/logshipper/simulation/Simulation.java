package dev.logshipper.simulation;

import dev.logshipper.intake.SimulatedIntake;
import dev.logshipper.lifecycle.HeapTrimmer;
import dev.logshipper.lifecycle.Lifecycle;
import dev.logshipper.lifecycle.LifecycleProbe;
import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.pipeline.BufferProbe;
import dev.logshipper.pipeline.LaneConfig;
import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.platform.InvocationListener;
import dev.logshipper.platform.InvocationTracker;
import dev.logshipper.platform.StatePipe;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.Sink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run: builds the parts of core as the wiring does, runs them between a simulated platform and
/// simulated destinations, and passes every event to the invariants.
final class Simulation implements Lifecycle.TelemetryStream, InvocationListener {
  private static final long OPENING_NANOS_MAX = 300_000_000;

  private final Scenario scenario;
  private final SeededRandom random;
  private final Trace trace = new Trace();
  private final SimulatedScheduler scheduler;
  private final SimulatedMonitor bufferMonitor;
  private final Pipeline pipeline;
  private final BufferProbe buffer;
  private final InvocationTracker tracker;
  private final Facts facts;
  private final Observations observations;
  private final Inbox inbox;
  private final SimulatedIntake intake;
  private final Telemetry telemetry;
  private final SimulatedPlatform platform;
  private final Diagnostics silence =
      new PrintingDiagnostics(new PrintStream(OutputStream.nullOutputStream()), Level.OFF);
  private @Nullable SimulatedTask main;
  private int batches;

  /// The result of a run.
  ///
  /// @param violation the first violated invariant; null when there is none
  /// @param fingerprint of the whole history
  record Outcome(
      long seed,
      @Nullable Violation violation,
      long fingerprint,
      long switches,
      Scenario scenario) {

    /// For people: the violation, its history, and the command that repeats it.
    String report() {
      String result =
          violation == null
              ? "no invariant was violated"
              : violation.invariant() + "\n" + violation.how();
      return "seed "
          + seed
          + ": "
          + result
          + "\n"
          + scenario
          + "\nrepeat with: mvn -pl core test -Dtest=SimulationTest -Dsimulation.seed="
          + seed;
    }
  }

  /// Runs one seed.
  static Outcome run(long seed) throws InterruptedException {
    Simulation simulation = new Simulation(seed);
    simulation.scheduler.run(simulation::start, simulation::beforeTimeMoves);
    simulation.ended();
    return new Outcome(
        seed,
        simulation.trace.violation(),
        simulation.trace.fingerprint(),
        simulation.scheduler.switches(),
        simulation.scenario);
  }

  private Simulation(long seed) {
    this.random = new SeededRandom(seed);
    this.scenario = Scenario.of(random);
    this.scheduler =
        new SimulatedScheduler(random, scenario.profile(), trace, scenario.epochNanos());
    this.pipeline =
        new Pipeline(
            lanes(),
            scenario.bufferBytesMax(),
            scenario.overflow(),
            this::nextBatchId,
            silence,
            random::fraction,
            scheduler);
    this.bufferMonitor = scheduler.newestMonitor();
    this.buffer = new BufferProbe(pipeline);
    this.facts = Facts.of(scenario, scheduler, buffer);
    this.observations =
        new Observations(
            scheduler,
            facts,
            new InvariantSet(
                scenario, scheduler, buffer, facts, this::mayOverflow, this::hasTimeToDeliver));
    bufferMonitor.onRelease(() -> observations.event(Invariant::bufferChanged));
    this.tracker = new InvocationTracker(scheduler.newMonitor());
    this.inbox = new Inbox(scenario, scheduler, facts, observations);
    SimulatedMonitor intakeMonitor = new SimulatedMonitor(scheduler);
    intakeMonitor.onAcquire(inbox::handlerStarts);
    intakeMonitor.onRelease(inbox::handlerEnds);
    this.intake =
        new SimulatedIntake(
            scenario.wantedTypes(),
            pipeline,
            this,
            scenario.backpressure(),
            silence,
            intakeMonitor);
    this.telemetry = new Telemetry(scenario.platform(), scheduler, random);
    this.platform = new SimulatedPlatform(scenario, scheduler, random, telemetry, observations);
  }

  private boolean mayOverflow() {
    return inbox.costBytes() > scenario.bufferBytesMax();
  }

  /// Whether a shutdown can deliver all records to an instant destination.
  private boolean hasTimeToDeliver() {
    return platform.hasLongWindow() && scenario.platform().lostResponsePercent() == 0;
  }

  /// The pipeline requests an id for each batch that it cuts.
  private String nextBatchId() {
    String id = "b" + batches++;
    if (buffer.isClosing()) {
      observations.event(invariant -> invariant.batchCutWhileClosing(id));
    }
    return id;
  }

  private List<LaneConfig> lanes() {
    List<LaneConfig> lanes = new ArrayList<>();
    for (Scenario.Lane plan : scenario.lanes()) {
      int lane = lanes.size();
      lanes.add(
          new LaneConfig(
              plan.name(),
              () -> open(lane),
              plan.unwanted(),
              plan.batching(),
              new LaneConfig.Retries(
                  plan.firstRetryWait(), Duration.ofMinutes(1), plan.rejectGrace())));
    }
    return lanes;
  }

  private Sink open(int index) {
    SimulatedLane lane = facts.lane(index);
    scheduler.sleepUninterruptibly(random.between(0, OPENING_NANOS_MAX));
    if (random.percent(30)) {
      scheduler.swallowInterrupt();
    }
    if (!lane.plan().opens()) {
      throw new IllegalStateException();
    }
    SimulatedDestination destination =
        new SimulatedDestination(lane.plan(), lane.sends(), random, scheduler);
    return new SimulatedSink(index, lane.plan(), destination, scheduler, observations);
  }

  /// On the first thread.
  private void start() {
    telemetry.start(delivery -> inbox.post(delivery, intake));
    main = scheduler.start("main", () -> Telemetry.uninterrupted(this::runLifecycle));
    Telemetry.uninterrupted(platform::run);
    inbox.check(intake.counts());
  }

  /// On the extension's main thread.
  private void runLifecycle() throws InterruptedException {
    Lifecycle lifecycle =
        new Lifecycle(
            platform,
            StatePipe.none(),
            pipeline,
            this,
            tracker,
            scenario.flush(),
            new HeapTrimmer(() -> 0, () -> {}),
            silence,
            scheduler.nanoClock(),
            () -> 0);
    facts.hold().defersFlush(new LifecycleProbe(lifecycle)::defersFlush);
    try {
      List<LaneLedger> ledgers = lifecycle.run(scenario.resumed(), _ -> {});
      platform.extensionEnded();
      for (int i = 0; i < ledgers.size(); i++) {
        LaneLedger ledger = ledgers.get(i);
        observations.event(i, invariant -> invariant.pipelineClosed(ledger));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void started(String requestId) {
    tracker.started(requestId);
  }

  @Override
  public void completed(String requestId, long epochMillis) {
    tracker.completed(requestId, 0);
  }

  @Override
  public void completionLost(String requestId) {
    tracker.completionLost(requestId);
  }

  @Override
  public void telemetryDelayed(boolean delayed) {
    observations.telemetryDelayed(delayed);
    tracker.telemetryDelayed(delayed);
  }

  @Override
  public boolean isSubscribed() {
    return true;
  }

  @Override
  public void awaitIdle(Duration quiet, Deadline latest) throws InterruptedException {
    intake.awaitIdle(quiet, latest);
  }

  private void beforeTimeMoves() {
    SimulatedTask lifecycle = main;
    if (lifecycle != null) {
      observations.beforeTimeMoves(lifecycle.waitsFor == bufferMonitor);
    }
  }

  private void ended() {
    if (trace.violation() != null) {
      return;
    }
    boolean killed = scheduler.isOver();
    for (int i = 0; i < facts.lanes().size(); i++) {
      LaneLedger ledger = facts.lane(i).state().ledger();
      observations.event(i, invariant -> invariant.runEnded(ledger, killed));
    }
  }
}
