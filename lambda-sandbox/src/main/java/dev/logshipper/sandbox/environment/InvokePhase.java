package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.InvocationOutcome.Status;
import dev.logshipper.sandbox.environment.TelemetryBehaviour.Deviation;
import dev.logshipper.sandbox.environment.platform.EnvironmentFailure;
import dev.logshipper.sandbox.environment.platform.EnvironmentState;
import dev.logshipper.sandbox.environment.platform.InvocationTask;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import dev.logshipper.sandbox.environment.timeline.Journal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One invocation, from `platform.start` until the runtime and all extensions are in `/next` again,
/// the deadline has passed, or something has failed.
final class InvokePhase {

  /// @param resetReason the reason to reset the environment; empty if it can be used again
  record Result(InvocationOutcome outcome, String resetReason) {}

  private static final long EARLY_DELIVERY_MILLIS_MAX = 1_000;

  private final SandboxSettings settings;
  private final Environment environment;
  private final EnvironmentState state;
  private final TelemetryHub hub;
  private final Journal journal;
  private final PlatformEvents events;
  private final InvocationTask task;
  private final long beginNanos;
  private final long deadlineNanos;
  private final double initMillis;
  private boolean runtimeDone;
  private boolean reported;

  /// @param beginNanos when the invocation began, a repeated init included
  /// @param initMillis duration of init for `platform.report`; 0 to omit it
  InvokePhase(
      SandboxSettings settings,
      Worker worker,
      InvocationTask task,
      long beginNanos,
      double initMillis) {
    this.settings = settings;
    this.environment = worker.environment();
    this.state = environment.state();
    this.hub = worker.hub();
    this.journal = worker.journal();
    this.events = worker.events();
    this.task = task;
    this.beginNanos = beginNanos;
    this.deadlineNanos = beginNanos + settings.timeoutMillis() * 1_000_000L;
    this.initMillis = initMillis;
  }

  Result run() throws InterruptedException {
    journal.note("invocation.began", Map.of("requestId", task.requestId()));
    hub.publish(events.start(task));
    boolean done = dispatch() && state.awaitExtensionsIdle(deadlineNanos);
    EnvironmentFailure failure =
        done ? null : environment.failureOr(Outcomes.TIMED_OUT, "the function's timeout");
    InvocationOutcome outcome = Outcomes.of(task, failure, heldMillis(done), elapsedMillis());
    if (done && settings.freeze()) {
      // Nothing is delivered from here on to the next thaw, the report least of all.
      hub.freeze();
    }
    publishEnd(failure);
    if (failure == null) {
      return new Result(outcome, "");
    }
    return new Result(outcome, outcome.status() == Status.TIMEOUT ? "timeout" : "failure");
  }

  private boolean dispatch() throws InterruptedException {
    String arn = settings.identity().arn();
    if (!settings.telemetry().has(Deviation.RUNTIME_DONE_BEFORE_INVOKE)) {
      state.toExtensions(task, arn);
      state.toRuntime(task);
      return awaitRuntime();
    }
    state.toRuntime(task);
    boolean done = awaitRuntime();
    hub.flush();
    boolean _ = hub.awaitDelivered(EARLY_DELIVERY_MILLIS_MAX);
    state.toExtensions(task, arn);
    return done;
  }

  private boolean awaitRuntime() throws InterruptedException {
    if (!state.awaitRuntimeIdle(deadlineNanos)) {
      return false;
    }
    environment.runtime().awaitOutput();
    runtimeDone = true;
    hub.publish(events.runtimeDone(task, Outcomes.wireStatus(null), "", elapsedMillis()));
    if (settings.telemetry().has(Deviation.REPORT_WITH_RUNTIME_DONE)) {
      publishReport(null);
    }
    return true;
  }

  private void publishEnd(@Nullable EnvironmentFailure failure) {
    String errorType = Outcomes.wireErrorType(failure);
    if (!runtimeDone) {
      hub.publish(
          events.runtimeDone(task, Outcomes.wireStatus(failure), errorType, elapsedMillis()));
    }
    if (!errorType.isEmpty()) {
      hub.publish(events.fault(task, errorType));
    }
    publishReport(failure);
  }

  private void publishReport(@Nullable EnvironmentFailure failure) {
    if (reported) {
      return;
    }
    reported = true;
    hub.publish(events.end(task));
    hub.publish(
        events.report(
            task,
            Outcomes.wireStatus(failure),
            Outcomes.wireErrorType(failure),
            elapsedMillis(),
            initMillis,
            environment.memoryUsedMegabytes()));
  }

  private double heldMillis(boolean done) {
    if (!runtimeDone) {
      return 0;
    }
    long runtimeNextNanos = state.runtimeNextNanos();
    double held = 0;
    for (ExtensionProcess extension : environment.extensions()) {
      held = Math.max(held, extension.addHeld(runtimeNextNanos));
    }
    return done ? held : (System.nanoTime() - runtimeNextNanos) / 1e6;
  }

  private double elapsedMillis() {
    return (System.nanoTime() - beginNanos) / 1e6;
  }
}
