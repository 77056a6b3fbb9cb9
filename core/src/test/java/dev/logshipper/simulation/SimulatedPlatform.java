package dev.logshipper.simulation;

import dev.logshipper.lifecycle.SimulatedEvents;
import dev.logshipper.sink.Deadline;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The Lambda platform and the function: invokes, freezes, times out, shuts down. Log lines go to
/// [Telemetry].
final class SimulatedPlatform extends SimulatedEvents {
  private static final long MILLI = 1_000_000;
  private static final long HOUR = 3_600_000 * MILLI;
  private static final long LAST_DELIVERY_MAX = 40 * MILLI;
  private static final long AFTER_END = 90_000 * MILLI;

  private final Scenario scenario;
  private final Scenario.Platform plan;
  private final SimulatedScheduler scheduler;
  private final SeededRandom random;
  private final Telemetry telemetry;
  private final Observations observations;
  private final SimulatedMonitor monitor;
  private @Nullable Next offered;
  private boolean requested;
  private boolean ended;
  private boolean windowIsLong;

  /// An event and its deadline.
  ///
  /// @param invocation empty if it is none
  private record Next(String invocation, boolean shutdown, long deadlineNanos) {}

  SimulatedPlatform(
      Scenario scenario,
      SimulatedScheduler scheduler,
      SeededRandom random,
      Telemetry telemetry,
      Observations observations) {
    this.scenario = scenario;
    this.plan = scenario.platform();
    this.scheduler = scheduler;
    this.random = random;
    this.telemetry = telemetry;
    this.observations = observations;
    this.monitor = new SimulatedMonitor(scheduler);
  }

  // The extension's side, on the lifecycle's thread.

  @Override
  public void requestNext() {
    observations.nextRequested();
    scheduler.log("requests the next event");
    resumeRequest();
  }

  @Override
  public void resumeRequest() {
    monitor.lock();
    requested = true;
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
    requested = false;
    monitor.unlock();
    if (next == null) {
      throw new IllegalStateException("no event is offered");
    }
    scheduler.log("reads " + next);
    long left = next.deadlineNanos() - scheduler.now();
    Deadline deadline = Deadline.after(Duration.ofNanos(left), scheduler.nanoClock());
    if (next.shutdown()) {
      observations.shutdownStarted(next.deadlineNanos());
      return new Event.Shutdown("spindown", deadline);
    }
    if (next.invocation().isEmpty()) {
      return new Event.Unknown();
    }
    observations.invocationStarted(next.invocation(), next.deadlineNanos());
    return new Event.Invoke(PlatformEvent.requestId(next.invocation()), deadline);
  }

  /// The lifecycle has ended.
  void extensionEnded() {
    observations.shutdownEnded();
    scheduler.log("has ended");
    monitor.lock();
    ended = true;
    monitor.signalAll();
    monitor.unlock();
  }

  /// Whether the shutdown's window is as long as documented.
  boolean hasLongWindow() {
    return windowIsLong;
  }

  // The platform's side, on a thread outside the environment.

  /// Runs the environment, from the end of init.
  void run() throws InterruptedException {
    telemetry.report("platform.initStart", "");
    awaitRequest();
    boolean running = true;
    String requestId = "";
    for (int i = 0; running && i < plan.invocations(); i++) {
      if (plan.end() == Scenario.End.KILL && random.percent(20)) {
        scheduler.sleep(random.between(0, 3_000 * MILLI));
        scheduler.stop();
      }
      if (random.percent(2)) {
        thaw();
        offer(new Next("", false, 0));
        awaitRequest();
      }
      // An asynchronous retry has the request id of its first attempt.
      requestId = i > 0 && random.percent(plan.retryPercent()) ? requestId : "r-" + i;
      running = invoke(requestId + "/" + i, i == plan.invocations() - 1);
      pause();
    }
    if (plan.end() == Scenario.End.HEALED_THEN_SPINDOWN) {
      thaw();
      scheduler.sleep(healingNanos());
      observations.event(Invariant::healed);
    }
    shutDown();
  }

  /// @param invocation its request id, a slash, and its number
  /// @return whether the environment is still running
  private boolean invoke(String invocation, boolean isLast) throws InterruptedException {
    thaw();
    boolean unreportedStart = random.percent(plan.unreportedPercent());
    boolean unreportedEnd = random.percent(plan.unreportedPercent());
    boolean lateEvent = random.percent(5);
    long deadline = scheduler.now() + plan.timeoutNanos();
    if (!unreportedStart) {
      telemetry.report("platform.start", invocation);
    }
    if (!lateEvent) {
      offer(new Next(invocation, false, deadline));
    }
    boolean timesOut = isLast && plan.end() == Scenario.End.TIMEOUT;
    work(timesOut ? plan.timeoutNanos() : random.between(0, plan.functionNanosMax()), deadline);
    if (!unreportedEnd) {
      telemetry.report("platform.runtimeDone", invocation);
    }
    if (lateEvent) {
      scheduler.sleep(random.between(0, 60 * MILLI));
      offer(new Next(invocation, false, deadline));
    }
    awaitRequest();
    if (random.percent(80)) {
      scheduler.sleep(random.between(0, 10 * MILLI));
      telemetry.report("platform.report", invocation);
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
      scheduler.log("freezes the environment");
      scheduler.freeze();
      scheduler.sleep(
          random.between(0, random.oneOf(5 * MILLI, 300 * MILLI, 3_000 * MILLI, 5 * HOUR)));
    } else {
      scheduler.sleep(random.between(0, plan.gapMillisMax() * MILLI));
    }
  }

  private void thaw() {
    if (scheduler.isFrozen()) {
      scheduler.log("thaws the environment");
      observations.event(Invariant::thawed);
      scheduler.thaw();
      telemetry.thawed();
    }
  }

  private void shutDown() throws InterruptedException {
    thaw();
    long window = random.percent(10) ? random.between(0, 600) : random.between(1_400, 2_000);
    windowIsLong = window >= 1_400;
    offer(new Next("", true, scheduler.now() + window * MILLI));
    if (random.percent(70)) {
      scheduler.sleep(random.between(0, LAST_DELIVERY_MAX - Telemetry.BUFFERING_NANOS));
      telemetry.line();
    }
    await(() -> ended);
    // The process would end here; from now on none of its threads may start a send.
    scheduler.sleep(AFTER_END);
    telemetry.end();
  }

  /// Enough for a send that hangs, the longest backoff after it, and all other sends one by one.
  private long healingNanos() {
    long longest = 0;
    for (Scenario.Lane lane : scenario.lanes()) {
      long sends = 100L + (long) plan.invocations() * (plan.linesMax() + 4) * 3;
      long needed =
          Math.max(0, lane.healthyFromNanos() - scheduler.now())
              + Math.max(lane.requestedDelay().toNanos(), 36_000 * MILLI)
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

  private void awaitRequest() {
    await(() -> requested && offered == null);
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
