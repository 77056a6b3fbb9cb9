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

/// One run: builds the parts as the wiring does, lets the world happen to them, and compares what
/// they say with what the world knows.
final class Simulation implements Lifecycle.TelemetryStream, InvocationListener {
  private static final long OPENING_NANOS_MAX = 300_000_000;

  private final Scenario scenario;
  private final SeededRandom random;
  private final Trace trace = new Trace();
  private final SimulatedScheduler scheduler;
  private final List<LaneOracle> oracles = new ArrayList<>();
  private final SimulatedMonitor bufferMonitor;
  private final Pipeline pipeline;
  private final BufferProbe buffer;
  private final InvocationTracker progress;
  private final Inbox inbox;
  private final SimulatedIntake intake;
  private final Invariants invariants;
  private final Shutdown shutdown;
  private final Freshness freshness;
  private final Telemetry telemetry;
  private final SimulatedPlatform platform;
  private final Diagnostics silence =
      new PrintingDiagnostics(new PrintStream(OutputStream.nullOutputStream()), Level.OFF);
  private @Nullable SimulatedTask main;
  private @Nullable List<LaneLedger> accounts;
  private int batches;

  /// What became of a run.
  ///
  /// @param violation the first violated invariant; null when there is none
  /// @param fingerprint of everything that happened
  record Outcome(
      long seed,
      @Nullable Violation violation,
      long fingerprint,
      long switches,
      Scenario scenario) {

    /// For people: what broke, what led to it, and how to see it again.
    String report() {
      String what =
          violation == null
              ? "no invariant was violated"
              : violation.invariant() + "\n" + violation.how();
      return "seed "
          + seed
          + ": "
          + what
          + "\n"
          + scenario
          + "\nagain: mvn -pl core test -Dtest=SimulationTest -Dsimulation.seed="
          + seed;
    }
  }

  /// Runs what a seed says.
  static Outcome run(long seed) throws InterruptedException {
    Simulation simulation = new Simulation(seed);
    simulation.scheduler.run(simulation::begin, simulation::beforeTimeMoves);
    simulation.checkEnd();
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
    for (Scenario.Lane lane : scenario.lanes()) {
      oracles.add(new LaneOracle(lane, scheduler));
    }
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
    this.invariants = new Invariants(scenario, scheduler, buffer, oracles);
    this.shutdown = new Shutdown(scenario, scheduler, oracles);
    this.freshness = new Freshness(scenario, scheduler, buffer);
    bufferMonitor.onRelease(invariants::bufferChanged);
    this.progress = new InvocationTracker(scheduler.newMonitor());
    this.inbox = new Inbox(scenario, scheduler, oracles, invariants);
    SimulatedMonitor intakeMonitor = new SimulatedMonitor(scheduler);
    intakeMonitor.onAcquire(inbox::begins);
    intakeMonitor.onRelease(inbox::ends);
    this.intake =
        new SimulatedIntake(
            scenario.wantedTypes(),
            pipeline,
            this,
            scenario.backpressure(),
            silence,
            intakeMonitor);
    this.telemetry = new Telemetry(scenario.platform(), scheduler, random);
    this.platform =
        new SimulatedPlatform(
            scenario, scheduler, random, telemetry, invariants, shutdown, freshness);
  }

  /// The pipeline asks for an id when it cuts a batch.
  private String nextBatchId() {
    String id = "b" + batches++;
    if (buffer.isClosing()) {
      shutdown.cutsBatch(id);
    }
    return id;
  }

  private List<LaneConfig> lanes() {
    List<LaneConfig> lanes = new ArrayList<>();
    for (int i = 0; i < oracles.size(); i++) {
      Scenario.Lane plan = scenario.lanes().get(i);
      int lane = i;
      lanes.add(
          new LaneConfig(
              plan.name(),
              () -> open(lane),
              plan.unwanted(),
              plan.batching(),
              plan.firstRetryWait()));
    }
    return lanes;
  }

  private Sink open(int lane) {
    Scenario.Lane plan = scenario.lanes().get(lane);
    scheduler.sleepDeaf(random.between(0, OPENING_NANOS_MAX));
    if (random.percent(30)) {
      scheduler.swallowInterrupt();
    }
    if (!plan.opens()) {
      throw new IllegalStateException();
    }
    freshness.opened(lane);
    return new SimulatedSink(
        plan,
        oracles.get(lane),
        random,
        scheduler,
        (batch, deadline) -> {
          invariants.sendBegins();
          shutdown.sendBegins(batch, deadline);
          freshness.batchCut(lane);
        });
  }

  /// On the first thread of the world.
  private void begin() {
    telemetry.start(delivery -> inbox.take(delivery, intake));
    main = scheduler.start("main", () -> Telemetry.uninterrupted(this::live));
    Telemetry.uninterrupted(platform::live);
    inbox.check(intake.counts());
  }

  /// The extension's main thread.
  private void live() throws InterruptedException {
    Lifecycle lifecycle =
        new Lifecycle(
            platform,
            StatePipe.none(),
            pipeline,
            this,
            progress,
            scenario.flush(),
            new HeapTrimmer(() -> 0, () -> {}),
            silence,
            scheduler.nanoClock());
    invariants.ask(new LifecycleProbe(lifecycle)::defersFlush);
    try {
      List<LaneLedger> ledgers = lifecycle.run(scenario.resumed(), _ -> {});
      platform.extensionEnded();
      closed(ledgers);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void closed(List<LaneLedger> ledgers) {
    boolean quiet = scenario.profile().isExact();
    for (LaneOracle book : oracles) {
      book.over();
      quiet &= !book.isSending();
      if (scenario.profile().isExact() && book.isSending() && !book.isDeaf()) {
        scheduler.breaks("a send ends with the pipeline", "one goes on");
      }
    }
    accounts = quiet ? ledgers : null;
    for (int i = 0; quiet && i < oracles.size(); i++) {
      if (mustArrive(i) && ledgers.get(i).undelivered() > 0) {
        scheduler.breaks("what is kept arrives before the end", ledgers.get(i).line());
      }
    }
  }

  /// Whether there is no reason at all for a record to be left behind.
  private boolean mustArrive(int index) {
    Scenario.Lane lane = scenario.lanes().get(index);
    return shutdown.wasHealthy(index)
        && lane.latencyNanosMax() == 0
        && lane.opens()
        && platform.leavesTime()
        && scenario.platform().lostAnswerPercent() == 0;
  }

  @Override
  public void started(String requestId) {
    progress.started(requestId);
  }

  @Override
  public void completed(String requestId) {
    progress.completed(requestId);
  }

  @Override
  public void telemetryDelayed(boolean delayed) {
    invariants.telemetryDelayed(delayed);
    progress.telemetryDelayed(delayed);
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
      invariants.beforeTimeMoves(lifecycle, bufferMonitor);
      shutdown.checkTime();
      freshness.beforeTimeMoves();
    }
  }

  /// What is received later is left behind; nothing else may change.
  private static boolean isFinal(LaneLedger before, LaneLedger after) {
    return before.delivered() == after.delivered() && before.requests() == after.requests();
  }

  private void checkEnd() {
    if (trace.violation() != null) {
      return;
    }
    boolean killed = scheduler.isOver();
    for (int i = 0; i < oracles.size(); i++) {
      LaneLedger ledger = buffer.lane(i).ledger();
      if (killed) {
        oracles.get(i).checkBalance(ledger);
      } else {
        oracles.get(i).check(ledger, inbox.costBytes() > scenario.bufferBytesMax());
        if (accounts != null && !isFinal(accounts.get(i), ledger)) {
          scheduler.breaks(
              "the ledger is final", accounts.get(i).line() + " became " + ledger.line());
        }
      }
    }
  }
}
