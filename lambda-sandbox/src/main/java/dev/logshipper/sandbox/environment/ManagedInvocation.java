package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.platform.EnvironmentFailure;
import dev.logshipper.sandbox.environment.platform.InvocationTask;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;

/// One of many concurrent invocations of a Managed Instance: extensions get no event, there is no
/// `platform.runtimeDone`, and a timeout does not reset the environment.
final class ManagedInvocation {

  private final SandboxSettings settings;
  private final Environment environment;
  private final TelemetryHub hub;
  private final PlatformEvents events;

  ManagedInvocation(SandboxSettings settings, Environment environment, Worker worker) {
    this.settings = settings;
    this.environment = environment;
    this.hub = worker.hub();
    this.events = worker.events();
  }

  InvokePhase.Result run(InvocationTask task, long beginNanos) throws InterruptedException {
    hub.publish(events.start(task));
    environment.state().toRuntime(task);
    long deadlineNanos = beginNanos + settings.timeoutMillis() * 1_000_000L;
    boolean responded = environment.state().awaitResponse(task, deadlineNanos);
    EnvironmentFailure failure =
        responded ? null : environment.failureOr(Outcomes.TIMED_OUT, "the function's timeout");
    if (!responded) {
      environment.state().abandon(task);
    }
    environment.runtime().awaitOutput();
    double millis = (System.nanoTime() - beginNanos) / 1e6;
    hub.publish(
        events.report(
            task,
            Outcomes.wireStatus(failure),
            Outcomes.wireErrorType(failure),
            millis,
            0,
            environment.memoryUsedMegabytes()));
    InvocationOutcome outcome = Outcomes.of(task, failure, 0, millis);
    boolean broken = environment.state().failure() != null;
    return new InvokePhase.Result(outcome, broken ? "failure" : "");
  }
}
