package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.platform.EnvironmentFailure;
import dev.logshipper.sandbox.environment.platform.EnvironmentState;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import java.util.Map;

/// Extension init, then runtime init: the runtime starts when all extensions have registered, and
/// the phase ends when runtime and extensions are in `/next`.
final class InitPhase {

  private final Environment environment;
  private final EnvironmentState state;
  private final TelemetryHub hub;
  private final PlatformEvents events;
  private final Timeline timeline;
  private final String phase;
  private boolean runtimeReported;

  /// @param phase `init`, or `invoke` when it is repeated inside an invocation
  InitPhase(
      Environment environment,
      TelemetryHub hub,
      PlatformEvents events,
      Timeline timeline,
      String phase) {
    this.environment = environment;
    this.state = environment.state();
    this.hub = hub;
    this.events = events;
    this.timeline = timeline;
    this.phase = phase;
  }

  InitOutcome run(long deadlineNanos) throws InterruptedException {
    long start = System.nanoTime();
    hub.openSubscriptions();
    hub.publish(events.initStart(phase));
    boolean succeeded = succeeds(deadlineNanos);
    EnvironmentFailure failure =
        succeeded
            ? new EnvironmentFailure("", "")
            : environment.failureOr("Sandbox.Timedout", "init took too long");
    double millis = (System.nanoTime() - start) / 1e6;
    if (!runtimeReported) {
      hub.publish(events.initRuntimeDone(phase, failure.errorType()));
    }
    hub.publish(events.initReport(phase, failure.errorType(), millis));
    hub.closeSubscriptions();
    if (succeeded) {
      environment.extensions().forEach(ExtensionProcess::sampleAtReady);
    }
    timeline
        .journal()
        .note("init.ended", Map.of("errorType", failure.errorType(), "millis", millis));
    return new InitOutcome(succeeded, failure.errorType(), failure.message(), millis);
  }

  private boolean succeeds(long deadlineNanos) throws InterruptedException {
    environment.startExtensions();
    if (!state.awaitRegistered(deadlineNanos)) {
      return false;
    }
    environment.startRuntime();
    if (!state.awaitRuntimeIdle(deadlineNanos)) {
      return false;
    }
    runtimeReported = true;
    hub.publish(events.initRuntimeDone(phase, ""));
    if (!state.awaitExtensionsIdle(deadlineNanos)) {
      return false;
    }
    state.closeRegistration();
    state.registered().forEach(each -> hub.publish(events.extensionState(each)));
    return true;
  }
}
