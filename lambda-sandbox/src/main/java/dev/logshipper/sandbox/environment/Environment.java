package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.function.FunctionRuntime;
import dev.logshipper.sandbox.environment.platform.EnvironmentFailure;
import dev.logshipper.sandbox.environment.platform.EnvironmentState;
import dev.logshipper.sandbox.environment.process.ChildProcess;
import dev.logshipper.sandbox.environment.process.Outputs;
import dev.logshipper.sandbox.environment.process.Program;
import dev.logshipper.sandbox.environment.process.Signal;
import dev.logshipper.sandbox.environment.telemetry.TelemetryEvent;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The processes of one environment, from start to kill. Its phases are [InitPhase], [InvokePhase]
/// and [ShutdownPhase]. Confined to one thread at a time, except [#suspend()] and [#resume()],
/// which are safe for any thread.
final class Environment {

  /// The reason why its processes are stopped; both may apply at a time.
  private enum Stop {
    FROZEN,
    SUSPENDED
  }

  private static final long STOP_MILLIS_MAX = 100;

  private final SandboxSettings settings;
  private final TelemetryHub hub;
  private final Timeline timeline;
  private final ExtensionOutput output;
  private final EnvironmentVariables variables;
  private final Path temporaryFolder;
  private final List<Path> files;
  private final EnvironmentState state;
  private final FunctionRuntime runtime;
  private final List<ExtensionProcess> extensions = new CopyOnWriteArrayList<>();
  private final Set<Stop> stops = EnumSet.noneOf(Stop.class);

  Environment(
      SandboxSettings settings,
      String runtimeApi,
      Path temporaryFolder,
      TelemetryHub hub,
      Timeline timeline,
      ExtensionOutput output)
      throws IOException {
    this.settings = settings;
    this.hub = hub;
    this.timeline = timeline;
    this.output = output;
    this.temporaryFolder = temporaryFolder;
    this.variables = new EnvironmentVariables(settings, runtimeApi, temporaryFolder);
    this.files = filesIn(settings.extensions());
    this.state =
        new EnvironmentState(
            files.stream().map(Environment::nameOf).collect(Collectors.toSet()),
            settings.managedInstances(),
            timeline.journal());
    if (settings.snapStart()) {
      state.expectRestore();
    }
    this.runtime = newRuntime();
  }

  private FunctionRuntime newRuntime() {
    return switch (settings.function()) {
      case SandboxSettings.Scripted scripted ->
          FunctionRuntime.scripted(
              scripted.function(),
              settings.logFormat(),
              hub,
              settings.functionLines(),
              settings.managedInstances(),
              settings.clock());
      case SandboxSettings.Command command ->
          FunctionRuntime.program(
              (outputs, more) -> startRuntime(command, outputs, more),
              settings.logFormat(),
              hub,
              settings.functionLines(),
              settings.managedInstances());
    };
  }

  private ChildProcess startRuntime(
      SandboxSettings.Command command, Outputs outputs, Map<String, String> more)
      throws IOException {
    Map<String, String> extra = new HashMap<>(more);
    extra.putAll(command.extraVariables());
    Path folder =
        settings.workingDirectory() == null ? temporaryFolder : settings.workingDirectory();
    return settings.start(
        new Program(command.command(), variables.forRuntime(extra), folder), outputs);
  }

  EnvironmentState state() {
    return state;
  }

  FunctionRuntime runtime() {
    return runtime;
  }

  List<ExtensionProcess> extensions() {
    return List.copyOf(extensions);
  }

  /// Executes all files at once. A file that cannot be executed fails the environment.
  void startExtensions() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      files.forEach(file -> threads.execute(() -> start(file)));
    }
  }

  private void start(Path file) {
    String name = nameOf(file);
    if (!Files.isExecutable(file)) {
      state.fail("Extension.LaunchError", name + ": permission denied");
      return;
    }
    try {
      ChildProcess process =
          settings.start(
              new Program(List.of(file.toString()), variables.forExtensions(), temporaryFolder),
              Outputs.joined(line -> printed(name, line)));
      ExtensionProcess extension = new ExtensionProcess(name, process, state, hub);
      boolean _ = extensions.add(extension);
      timeline.started(extension);
      var _ = process.exited().thenAccept(code -> ended(name, code));
    } catch (IOException e) {
      state.fail("Extension.LaunchError", name + ": " + e.getMessage());
    }
  }

  private void printed(String name, String line) {
    hub.publish(TelemetryEvent.ofLine("extension", line));
    timeline.journal().note("extension.printed", Map.of("name", name, "line", line));
    output.add(name, line);
  }

  private void ended(String name, int exitCode) {
    timeline.journal().note("extension.exited", Map.of("name", name, "exitCode", exitCode));
    state.fail("Extension.Crash", name + ": exit code " + exitCode);
  }

  void startRuntime() {
    try {
      timeline.journal().note("runtime.started", Map.of());
      runtime.start(state);
    } catch (IOException e) {
      state.fail("Runtime.InvalidEntrypoint", String.valueOf(e.getMessage()));
    }
  }

  void freeze() throws InterruptedException {
    hub.freeze();
    stop(Stop.FROZEN);
    timeline.journal().note("environment.frozen", Map.of());
    for (ExtensionProcess extension : extensions) {
      extension.process().awaitQuiet();
    }
  }

  void thaw() {
    timeline.journal().note("environment.thawed", Map.of());
    thawProcesses();
    hub.thaw();
  }

  void thawProcesses() {
    go(Stop.FROZEN);
  }

  /// Stops the processes and nothing else: the platform goes on as if they ran.
  void suspend() throws InterruptedException {
    stop(Stop.SUSPENDED);
    timeline.journal().note("environment.suspended", Map.of());
  }

  void resume() {
    timeline.journal().note("environment.resumed", Map.of());
    go(Stop.SUSPENDED);
  }

  private void stop(Stop reason) throws InterruptedException {
    synchronized (stops) {
      stops.add(reason);
      signal(Signal.STOP);
    }
    for (ExtensionProcess extension : extensions) {
      extension.process().awaitStopped(STOP_MILLIS_MAX);
    }
  }

  private void go(Stop reason) {
    synchronized (stops) {
      stops.remove(reason);
      if (stops.isEmpty()) {
        signal(Signal.CONTINUE);
      }
    }
  }

  private void signal(Signal signal) {
    runtime.signal(signal);
    extensions.forEach(extension -> extension.process().signal(signal));
  }

  /// Kills all processes, in any state.
  void kill() {
    extensions.forEach(extension -> extension.process().kill());
    runtime.kill();
  }

  /// The failure of the environment, or this one if it has none: the caller then waited too long.
  EnvironmentFailure failureOr(String errorType, String message) {
    EnvironmentFailure failure = state.failure();
    return failure == null ? new EnvironmentFailure(errorType, message) : failure;
  }

  /// Memory used by its extensions as last measured; at least 1, as Lambda reports.
  long memoryUsedMegabytes() {
    long bytes = extensions.stream().mapToLong(ExtensionProcess::memoryBytes).sum();
    return Math.max(1, bytes >> 20);
  }

  private static List<Path> filesIn(@Nullable Path folder) throws IOException {
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString();
  }
}
