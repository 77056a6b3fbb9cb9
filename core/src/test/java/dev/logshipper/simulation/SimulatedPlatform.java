package dev.logshipper.simulation;

import dev.logshipper.lifecycle.SimulatedEvents;
import dev.logshipper.sink.Deadline;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The Lambda platform and the function: invokes, freezes, times out, shuts down. What it writes to
/// the log goes to [Telemetry].
final class SimulatedPlatform extends SimulatedEvents {
  private static final long MILLI = 1_000_000;
  private static final long HOUR = 3_600_000 * MILLI;
  private static final long LAST_DELIVERY_MAX = 40 * MILLI;
  private static final long AFTERMATH = 90_000 * MILLI;

  private final Scenario scenario;
  private final Scenario.Platform plan;
  private final SimulatedScheduler scheduler;
  private final SeededRandom random;
  private final Telemetry telemetry;
  private final Invariants invariants;
  private final Shutdown shutdown;
  private final Freshness freshness;
  private final SimulatedMonitor monitor;
  private @Nullable Next offered;
  private boolean asked;
  private boolean ended;
  private boolean leavesTime;

  /// An event and when it is too late.
  private record Next(String requestId, boolean shutdown, long deadlineNanos) {}

  SimulatedPlatform(
      Scenario scenario,
      SimulatedScheduler scheduler,
      SeededRandom random,
      Telemetry telemetry,
      Invariants invariants,
      Shutdown shutdown,
      Freshness freshness) {
    this.scenario = scenario;
    this.plan = scenario.platform();
    this.scheduler = scheduler;
    this.random = random;
    this.telemetry = telemetry;
    this.invariants = invariants;
    this.shutdown = shutdown;
    this.freshness = freshness;
    this.monitor = new SimulatedMonitor(scheduler);
  }

  // The extension's side, on the lifecycle's thread.

  @Override
  public void requestNext() {
    invariants.done();
    scheduler.say("asks for the next event");
    resumeRequest();
  }

  @Override
  public void resumeRequest() {
    monitor.lock();
    asked = true;
    monitor.signalAll();
    monitor.unlock();
  }

  @Override
  public void awaitResponse() {
    await(() -> offered != null);
  }

  @Override
  protected Event take() {
    monitor.lock();
    Next next = offered;
    offered = null;
    asked = false;
    monitor.unlock();
    if (next == null) {
      throw new IllegalStateException("no event has come");
    }
    scheduler.say("is told " + next);
    long left = next.deadlineNanos() - scheduler.now();
    Deadline deadline = Deadline.after(Duration.ofNanos(left), scheduler.nanoClock());
    if (next.shutdown()) {
      freshness.shutDown();
      invariants.shutDown();
      shutdown.begins(next.deadlineNanos());
      return new Event.Shutdown("spindown", deadline);
    }
    if (next.requestId().isEmpty()) {
      return new Event.Unknown();
    }
    freshness.invoked();
    invariants.invoked(next.requestId(), next.deadlineNanos());
    return new Event.Invoke(next.requestId(), deadline);
  }

  /// The lifecycle has ended.
  void extensionEnded() {
    shutdown.ends();
    scheduler.say("has ended");
    monitor.lock();
    ended = true;
    monitor.signalAll();
    monitor.unlock();
  }

  /// Whether the shutdown's window is as long as the platform says.
  boolean leavesTime() {
    return leavesTime;
  }

  // The platform's side, on a thread of the world.

  /// The environment's life, from the end of init on.
  void live() throws InterruptedException {
    telemetry.about("platform.initStart", "");
    awaitAsked();
    boolean alive = true;
    for (int i = 0; alive && i < plan.invocations(); i++) {
      if (plan.end() == Scenario.End.KILL && random.percent(20)) {
        scheduler.sleep(random.between(0, 3_000 * MILLI));
        scheduler.stop();
      }
      if (random.percent(2)) {
        thaw();
        offer(new Next("", false, 0));
        awaitAsked();
      }
      alive = invoke("r-" + i, i == plan.invocations() - 1);
      pause();
    }
    if (plan.end() == Scenario.End.HEALED_THEN_SPINDOWN) {
      thaw();
      scheduler.sleep(healingNanos());
      invariants.healed();
    }
    shutDown();
  }

  /// @return whether the environment lives on
  private boolean invoke(String requestId, boolean isLast) throws InterruptedException {
    thaw();
    boolean silentStart = random.percent(plan.silentPercent());
    boolean silentEnd = random.percent(plan.silentPercent());
    boolean lateEvent = random.percent(5);
    long deadline = scheduler.now() + plan.timeoutNanos();
    if (!silentStart) {
      telemetry.about("platform.start", requestId);
    }
    if (!lateEvent) {
      offer(new Next(requestId, false, deadline));
    }
    boolean timesOut = isLast && plan.end() == Scenario.End.TIMEOUT;
    work(timesOut ? plan.timeoutNanos() : random.between(0, plan.functionNanosMax()), deadline);
    if (!silentEnd) {
      telemetry.about("platform.runtimeDone", requestId);
    }
    if (lateEvent) {
      scheduler.sleep(random.between(0, 60 * MILLI));
      offer(new Next(requestId, false, deadline));
    }
    awaitAsked();
    if (random.percent(80)) {
      scheduler.sleep(random.between(0, 10 * MILLI));
      telemetry.about("platform.report", requestId);
    }
    return !timesOut && scheduler.now() <= deadline;
  }

  /// The function runs and writes lines.
  private void work(long nanos, long deadline) throws InterruptedException {
    long end = Math.min(scheduler.now() + nanos, deadline);
    int lines = random.below(plan.linesMax() + 1);
    for (int i = 0; i < lines; i++) {
      if (random.percent(30)) {
        scheduler.sleep(random.between(0, Math.max(0, end - scheduler.now())));
      }
      telemetry.line();
    }
    scheduler.sleep(end - scheduler.now());
  }

  private void pause() throws InterruptedException {
    scheduler.sleep(random.between(0, 20 * MILLI));
    if (random.percent(plan.freezePercent())) {
      scheduler.say("freezes the environment");
      scheduler.freeze();
      scheduler.sleep(
          random.between(0, random.oneOf(5 * MILLI, 300 * MILLI, 3_000 * MILLI, 5 * HOUR)));
    } else {
      scheduler.sleep(random.between(0, plan.gapMillisMax() * MILLI));
    }
  }

  private void thaw() {
    if (scheduler.isFrozen()) {
      scheduler.say("thaws the environment");
      freshness.thawed();
      scheduler.thaw();
      telemetry.thawed();
    }
  }

  private void shutDown() throws InterruptedException {
    thaw();
    long window = random.percent(10) ? random.between(0, 600) : random.between(1_400, 2_000);
    leavesTime = window >= 1_400;
    offer(new Next("", true, scheduler.now() + window * MILLI));
    if (random.percent(70)) {
      scheduler.sleep(random.between(0, LAST_DELIVERY_MAX - Telemetry.BUFFERING_NANOS));
      telemetry.line();
    }
    await(() -> ended);
    // The process would end here; whatever its threads still do must not be a send.
    scheduler.sleep(AFTERMATH);
    telemetry.end();
  }

  /// Enough for a send that hangs, the longest rest after it, and everything else one by one.
  private long healingNanos() {
    long longest = 0;
    for (Scenario.Lane lane : scenario.lanes()) {
      long sends = 100L + (long) plan.invocations() * (plan.linesMax() + 4) * 3;
      long needed =
          Math.max(0, lane.healthyFromNanos() - scheduler.now())
              + Math.max(lane.askedWait().toNanos(), 36_000 * MILLI)
              + lane.batching().staleness().toNanos()
              + scenario.flush().staleness().toNanos()
              + sends * lane.latencyNanosMax();
      longest = Math.max(longest, needed);
    }
    return longest + 62_000 * MILLI;
  }

  private void offer(Next next) {
    monitor.lock();
    offered = next;
    monitor.signalAll();
    monitor.unlock();
  }

  private void awaitAsked() {
    await(() -> asked && offered == null);
  }

  private void await(BooleanSupplier condition) {
    Telemetry.uninterrupted(() -> {
      monitor.lock();
      try {
        while (!condition.getAsBoolean()) {
          monitor.awaitNanos(SimulatedTask.NEVER);
        }
      } finally {
        monitor.unlock();
      }
    });
  }
}
