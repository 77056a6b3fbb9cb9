package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import java.util.Map;

/// The restore of a SnapStart snapshot: the platform repeats its events of the init, which are as
/// old as the snapshot, and the runtime runs its hooks. Extensions get no event of it.
final class RestorePhase {

  record Result(boolean succeeded, double millis) {}

  private final Environment environment;
  private final TelemetryHub hub;
  private final PlatformEvents events;
  private final Timeline timeline;

  RestorePhase(
      Environment environment, TelemetryHub hub, PlatformEvents events, Timeline timeline) {
    this.environment = environment;
    this.hub = hub;
    this.events = events;
    this.timeline = timeline;
  }

  Result run(long deadlineNanos) throws InterruptedException {
    long start = System.nanoTime();
    hub.repeatInit();
    hub.publish(events.restoreStart());
    environment.state().restore();
    boolean succeeded = environment.state().awaitRuntimeIdle(deadlineNanos);
    String errorType =
        succeeded
            ? ""
            : environment.failureOr("Runtime.RestoreError", "restore took too long").errorType();
    double millis = (System.nanoTime() - start) / 1e6;
    hub.publish(events.restoreRuntimeDone(errorType));
    hub.publish(events.restoreReport(errorType, millis));
    timeline.journal().note("restore.ended", Map.of("errorType", errorType, "millis", millis));
    return new Result(succeeded, millis);
  }
}
