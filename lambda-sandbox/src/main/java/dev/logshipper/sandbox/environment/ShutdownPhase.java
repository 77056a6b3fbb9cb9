package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.ShutdownOutcome.ExtensionEnd;
import dev.logshipper.sandbox.environment.platform.EnvironmentState;
import dev.logshipper.sandbox.environment.platform.RegisteredExtension;
import dev.logshipper.sandbox.environment.process.ChildProcess;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The end of an environment: the runtime first, then SHUTDOWN to the extensions registered for it
/// and SIGKILL to the others, then SIGKILL to all that still run when the window closes. Afterwards
/// no process remains.
final class ShutdownPhase {

  private static final double RUNTIME_SHARE = 0.3;
  private static final long RUNTIME_MILLIS_MAX = 600;
  private static final long POLL_MILLIS = 3;
  private static final long OUTPUT_MILLIS_MAX = 200;
  private static final long DEATH_MILLIS_MAX = 2_000;

  private final SandboxSettings settings;
  private final Environment environment;
  private final EnvironmentState state;
  private final TelemetryHub hub;
  private final Timeline timeline;
  private final long beginNanos = System.nanoTime();
  private final Map<String, Double> exitMillis = new HashMap<>();
  private final Set<String> killed = new HashSet<>();

  ShutdownPhase(
      SandboxSettings settings, Environment environment, TelemetryHub hub, Timeline timeline) {
    this.settings = settings;
    this.environment = environment;
    this.state = environment.state();
    this.hub = hub;
    this.timeline = timeline;
  }

  /// @param reason `spindown`, `timeout` or `failure`, as sent to extensions
  ShutdownOutcome run(String reason) throws InterruptedException {
    timeline.journal().note("shutdown.began", Map.of("reason", reason));
    long windowMillis = settings.shutdownWindowMillis();
    long deadlineEpochMillis = settings.clock().millis() + windowMillis;
    state.stopping();
    environment.extensions().forEach(ExtensionProcess::sampleAtEnd);
    thaw();
    stopRuntime(windowMillis);
    state.shutdown(reason, deadlineEpochMillis);
    killUnregistered();
    deliverLast();
    awaitExits(beginNanos + TimeUnit.MILLISECONDS.toNanos(windowMillis));
    ShutdownOutcome outcome = new ShutdownOutcome(killRemaining());
    state.close();
    hub.dropSubscribers();
    timeline.journal().note("shutdown.ended", Map.of("millis", millis()));
    return outcome;
  }

  private void thaw() {
    environment.thawProcesses();
    if (settings.telemetry().lastDeliveryDelayMillis() == 0) {
      hub.thaw();
    } else {
      hub.freeze();
    }
  }

  private void stopRuntime(long windowMillis) throws InterruptedException {
    long share = Math.min(RUNTIME_MILLIS_MAX, (long) (windowMillis * RUNTIME_SHARE));
    environment.runtime().stop(environment.extensions().isEmpty() ? 0 : share);
    // The function's output is closed: there is nothing to wait for.
    hub.flush();
  }

  private void killUnregistered() {
    for (ExtensionProcess extension : environment.extensions()) {
      RegisteredExtension registered = state.extension(extension.name());
      if (registered == null || !registered.events().contains("SHUTDOWN")) {
        kill(extension);
      }
    }
  }

  private void deliverLast() throws InterruptedException {
    if (settings.telemetry().lastDeliveryDelayMillis() > 0) {
      Thread.sleep(settings.telemetry().lastDeliveryDelayMillis());
      hub.thaw();
      hub.flush();
    }
  }

  /// Waits for the exits, and looks at the CPU clocks meanwhile: they end with the processes.
  private void awaitExits(long deadlineNanos) throws InterruptedException {
    while (noteExits() && System.nanoTime() < deadlineNanos) {
      for (ExtensionProcess extension : environment.extensions()) {
        double _ = extension.process().cpuMillis();
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /// Returns whether any extension still runs.
  private boolean noteExits() {
    boolean running = false;
    for (ExtensionProcess extension : environment.extensions()) {
      if (extension.process().exited().isDone()) {
        Double _ = exitMillis.putIfAbsent(extension.name(), millis());
      } else {
        running = true;
      }
    }
    return running;
  }

  private List<ExtensionEnd> killRemaining() throws InterruptedException {
    List<ExtensionEnd> ends = new ArrayList<>();
    for (ExtensionProcess extension : environment.extensions()) {
      if (!exitMillis.containsKey(extension.name())) {
        kill(extension);
      }
    }
    for (ExtensionProcess extension : environment.extensions()) {
      ends.add(end(extension));
    }
    return ends;
  }

  private ExtensionEnd end(ExtensionProcess extension) throws InterruptedException {
    ChildProcess process = extension.process();
    // Children of its program that still run are killed, too.
    process.kill();
    int exitCode =
        process.exited().completeOnTimeout(-1, DEATH_MILLIS_MAX, TimeUnit.MILLISECONDS).join();
    process.awaitOutputEnd(OUTPUT_MILLIS_MAX);
    OptionalLong _ = extension.firstAccepted();
    String name = extension.name();
    double millis = exitMillis.getOrDefault(name, millis());
    boolean wasKilled = killed.contains(name);
    timeline
        .journal()
        .note(
            "extension.ended",
            Map.of("name", name, "killed", wasKilled, "exitCode", exitCode, "millis", millis));
    return new ExtensionEnd(name, wasKilled, exitCode, millis);
  }

  private void kill(ExtensionProcess extension) {
    boolean _ = killed.add(extension.name());
    extension.process().kill();
  }

  private double millis() {
    return (System.nanoTime() - beginNanos) / 1e6;
  }
}
