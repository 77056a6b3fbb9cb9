package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.TelemetryBehaviour.Deviation;
import dev.logshipper.sandbox.environment.platform.PlatformServer;
import dev.logshipper.sandbox.environment.telemetry.DeliveryRules;
import dev.logshipper.sandbox.environment.telemetry.SubscriptionRules;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import dev.logshipper.sandbox.environment.timeline.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The state that outlives a reset (address, undelivered events, temporary folder); replaces one
/// environment by the next. Callers are serialized, see [Sandbox].
final class Worker {

  private final SandboxSettings settings;
  private final Timeline timeline;
  private final TelemetryHub hub;
  private final PlatformServer server;
  private final PlatformEvents events;
  private final ExtensionOutput output;
  private final Path temporaryFolder;
  private volatile @Nullable Environment current;
  private volatile List<ExtensionProcess> extensions = List.of();
  private volatile InitOutcome init = new InitOutcome(false, "", "not started", 0);
  private boolean frozen;
  private boolean snapshot;

  Worker(SandboxSettings settings, Timeline timeline) {
    this.settings = settings;
    this.timeline = timeline;
    this.hub = new TelemetryHub(subscriptions(), delivery(), timeline.journal());
    this.server = new PlatformServer(settings.identity(), hub, settings.clock());
    this.events = new PlatformEvents(settings);
    this.output = new ExtensionOutput(settings.extensionLines());
    try {
      this.temporaryFolder = Files.createTempDirectory("sandbox-");
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary folder", e);
    }
  }

  private SubscriptionRules subscriptions() {
    TelemetryBehaviour telemetry = settings.telemetry();
    Set<String> rejected = new HashSet<>(telemetry.rejectedSchemas());
    if (settings.managedInstances()) {
      rejected.addAll(List.of("2022-07-01", "2022-12-13"));
    }
    return new SubscriptionRules(
        telemetry.has(Deviation.STUB),
        !telemetry.has(Deviation.LOGS_API_ONLY),
        !settings.managedInstances(),
        rejected);
  }

  private DeliveryRules delivery() {
    return new DeliveryRules(
        settings.telemetry().bufferBytesMax(), settings.telemetry().retryBackoffMillis());
  }

  /// Starts an environment unless there is one; false if its init failed, and then nothing of it
  /// remains.
  ///
  /// @param phase `init`, or `invoke` when it runs inside an invocation
  boolean ensureRunning(String phase, long deadlineNanos) throws InterruptedException {
    if (current != null) {
      return true;
    }
    Environment environment;
    try {
      environment =
          new Environment(settings, server.address(), temporaryFolder, hub, timeline, output);
    } catch (IOException e) {
      throw new UncheckedIOException("The extensions folder cannot be read", e);
    }
    current = environment;
    hub.thaw();
    server.serve(environment.state());
    init = new InitPhase(environment, hub, events, timeline, phase).run(deadlineNanos);
    extensions = environment.extensions();
    snapshot = settings.snapStart();
    if (!init.succeeded()) {
      ShutdownOutcome _ = end(init.errorType().equals(Outcomes.TIMED_OUT) ? "timeout" : "failure");
    }
    return init.succeeded();
  }

  /// Restores the environment if it is a snapshot: afterwards it is none, and thawed. Returns the
  /// duration in milliseconds; 0 without a snapshot.
  double restore(long deadlineNanos) throws InterruptedException {
    if (!snapshot) {
      return 0;
    }
    snapshot = false;
    thaw();
    RestorePhase.Result result =
        new RestorePhase(environment(), hub, events, timeline).run(deadlineNanos);
    if (!result.succeeded()) {
      ShutdownOutcome _ = end("failure");
    }
    return result.millis();
  }

  Environment environment() {
    Environment environment = current;
    if (environment == null) {
      throw new IllegalStateException("The environment is not running");
    }
    return environment;
  }

  /// Whether this environment is still the present one.
  boolean runs(Environment environment) {
    return current == environment;
  }

  /// Ends the present environment, if there is one.
  ShutdownOutcome end(String reason) throws InterruptedException {
    Environment environment = current;
    if (environment == null) {
      return new ShutdownOutcome(List.of());
    }
    current = null;
    frozen = false;
    try {
      return new ShutdownPhase(settings, environment, hub, timeline).run(reason);
    } finally {
      environment.kill();
    }
  }

  /// Freezes after a phase, as Lambda does.
  void freezeIfEnabled() throws InterruptedException {
    if (settings.freeze() && !settings.managedInstances()) {
      freeze();
    }
  }

  void freeze() throws InterruptedException {
    Environment environment = current;
    if (environment != null && !frozen) {
      environment.freeze();
      frozen = true;
    }
  }

  void thaw() {
    Environment environment = current;
    if (environment != null && frozen) {
      environment.thaw();
      frozen = false;
    }
  }

  InitOutcome init() {
    return init;
  }

  TelemetryHub hub() {
    return hub;
  }

  Journal journal() {
    return timeline.journal();
  }

  PlatformEvents events() {
    return events;
  }

  List<ExtensionProcess> extensions() {
    return extensions;
  }

  ExtensionOutput output() {
    return output;
  }

  Path temporaryFolder() {
    return temporaryFolder;
  }

  /// Frees all resources; the environment has ended before.
  void close() {
    hub.close();
    server.close();
    try (Stream<Path> files = Files.walk(temporaryFolder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        boolean _ = Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      timeline
          .journal()
          .note("temporary-folder.undeleted", Map.of("error", String.valueOf(e.getMessage())));
    }
  }
}
