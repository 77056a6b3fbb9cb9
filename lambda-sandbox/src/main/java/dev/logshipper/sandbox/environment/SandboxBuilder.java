package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.SandboxSettings.FunctionSource;
import dev.logshipper.sandbox.environment.function.LogFormat;
import dev.logshipper.sandbox.environment.function.ScriptedFunction;
import dev.logshipper.sandbox.environment.platform.FunctionIdentity;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The description of a sandbox; [#start()] runs it. By default: no extensions, a function that
/// does nothing, a timeout of 3 s, 512 MB, on-demand.
public final class SandboxBuilder {

  private final Map<String, String> customerVariables = new LinkedHashMap<>();
  private @Nullable Path extensions;
  private FunctionSource function = new SandboxSettings.Scripted(invocation -> {});
  private String functionName = "sandbox-function";
  private String handler = "index.handler";
  private Path taskRoot = Path.of("/var/task");
  private @Nullable Path workingDirectory;
  private String tenantId = "";
  private int maxConcurrency = 10;
  private long timeoutMillis = 3_000;
  private int memoryMegabytes = 512;
  private long initTimeoutMillis = 10_000;
  private long shutdownWindowMillis = 2_000;
  private LogFormat logFormat = LogFormat.TEXT;
  private TelemetryBehaviour telemetry = TelemetryBehaviour.standard();
  private boolean managedInstances;
  private boolean snapStart;
  private boolean freeze = true;
  private InstantSource clock = InstantSource.system();
  private BiConsumer<String, String> extensionLines = (name, line) -> {};
  private Consumer<String> functionLines = line -> {};
  private @Nullable LongConsumer processes;

  SandboxBuilder() {}

  /// The folder whose files are executed: a layer's `extensions/`. Without it there are no
  /// extensions.
  public SandboxBuilder extensions(Path folder) {
    extensions = folder.toAbsolutePath();
    return this;
  }

  /// Adds customer-defined variables. Names that start with `_` do not reach extensions.
  public SandboxBuilder environment(Map<String, String> customer) {
    customerVariables.putAll(customer);
    return this;
  }

  /// Adds a customer-defined variable.
  public SandboxBuilder environment(String name, String value) {
    customerVariables.put(name, value);
    return this;
  }

  /// Lets a Java lambda play the function.
  public SandboxBuilder function(ScriptedFunction scripted) {
    function = new SandboxSettings.Scripted(scripted);
    return this;
  }

  /// Lets a program that speaks the Runtime API play the function.
  ///
  /// @param command its path and arguments
  /// @param extraVariables variables for the program only, not for extensions
  public SandboxBuilder function(List<String> command, Map<String, String> extraVariables) {
    function = new SandboxSettings.Command(List.copyOf(command), Map.copyOf(extraVariables));
    return this;
  }

  /// Sets `AWS_LAMBDA_FUNCTION_NAME`.
  public SandboxBuilder functionName(String name) {
    functionName = name;
    return this;
  }

  /// Sets `_HANDLER`, for the function only.
  public SandboxBuilder handler(String name) {
    handler = name;
    return this;
  }

  /// Sets `LAMBDA_TASK_ROOT`, for the function only: the folder of its code.
  public SandboxBuilder taskRoot(Path folder) {
    taskRoot = folder.toAbsolutePath();
    return this;
  }

  /// The folder in which the function's program starts. Without it, the temporary folder.
  public SandboxBuilder workingDirectory(Path folder) {
    workingDirectory = folder.toAbsolutePath();
    return this;
  }

  /// The tenant of the environment, in the Runtime API's `Lambda-Runtime-Aws-Tenant-Id` and in
  /// `platform.start` and `platform.report`. Empty, the default, for a function without tenants.
  public SandboxBuilder tenantId(String id) {
    tenantId = id;
    return this;
  }

  /// The function's timeout, which its extensions share.
  public SandboxBuilder timeoutMillis(long millis) {
    timeoutMillis = millis;
    return this;
  }

  /// The memory size that the environment reports; nothing is limited to it.
  public SandboxBuilder memoryMegabytes(int megabytes) {
    memoryMegabytes = megabytes;
    return this;
  }

  /// The limit for the init phase.
  public SandboxBuilder initTimeoutMillis(long millis) {
    initTimeoutMillis = millis;
    return this;
  }

  /// The time between SHUTDOWN and SIGKILL.
  public SandboxBuilder shutdownWindowMillis(long millis) {
    shutdownWindowMillis = millis;
    return this;
  }

  /// The function's log format.
  public SandboxBuilder logFormat(LogFormat format) {
    logFormat = format;
    return this;
  }

  /// The platform's behaviour towards subscribers.
  public SandboxBuilder telemetry(TelemetryBehaviour behaviour) {
    telemetry = behaviour;
    return this;
  }

  /// Whether to be a Lambda Managed Instance: concurrent invocations without events for extensions,
  /// no freeze, no `platform.runtimeDone`, no Logs API, only the newest schema.
  public SandboxBuilder managedInstances(boolean managed) {
    managedInstances = managed;
    return this;
  }

  /// Whether to be restored from a snapshot, taken after init: by [Sandbox#restore()], or else by
  /// the first invocation. Credentials come from a local endpoint instead of variables.
  public SandboxBuilder snapStart(boolean snapshot) {
    snapStart = snapshot;
    return this;
  }

  /// Sets `AWS_LAMBDA_MAX_CONCURRENCY` of a Managed Instance, for the function only: the number of
  /// workers that its runtime client starts.
  public SandboxBuilder maxConcurrency(int invocations) {
    maxConcurrency = invocations;
    return this;
  }

  /// Whether processes are stopped between invocations.
  public SandboxBuilder freeze(boolean between) {
    freeze = between;
    return this;
  }

  /// The platform's time of day, by which it names deadlines. For a test that moves the clocks of
  /// the processes: the platform's have to move along. Events carry the machine's time in any case.
  public SandboxBuilder clock(InstantSource timeOfDay) {
    clock = timeOfDay;
    return this;
  }

  /// Passes on each line that an extension prints, with the extension's name, on another thread.
  public SandboxBuilder onExtensionLine(BiConsumer<String, String> lines) {
    extensionLines = lines;
    return this;
  }

  /// Passes on each line or framed event that the function prints, on another thread, before it is
  /// delivered to extensions.
  public SandboxBuilder onFunctionLine(Consumer<String> lines) {
    functionLines = lines;
    return this;
  }

  /// Passes on the process id of each program of every environment, extensions and function alike,
  /// before its first instruction, for example to limit its CPU time or memory in a cgroup, which
  /// its children inherit. The clock of [ExtensionCost] starts when it returns. Called on several
  /// threads; must not throw.
  public SandboxBuilder onProcess(LongConsumer pids) {
    processes = pids;
    return this;
  }

  /// Runs the init phase and returns when it has ended, successful or not: as on Lambda, a failed
  /// one is repeated inside the next invocation. See [Sandbox#init()].
  ///
  /// @throws IllegalStateException for a Managed Instance with SnapStart, which do not exist
  /// @throws InterruptedException when interrupted; no process is running then
  public Sandbox start() throws InterruptedException {
    if (managedInstances && snapStart) {
      throw new IllegalStateException("Managed Instances have no SnapStart");
    }
    return Sandbox.start(
        new SandboxSettings(
            extensions,
            Map.copyOf(customerVariables),
            function,
            new FunctionIdentity(
                functionName, "$LATEST", handler, "us-east-1", "123456789012", tenantId),
            timeoutMillis,
            memoryMegabytes,
            initTimeoutMillis,
            shutdownWindowMillis,
            logFormat,
            telemetry,
            managedInstances,
            snapStart,
            maxConcurrency,
            taskRoot,
            workingDirectory,
            freeze,
            clock,
            extensionLines,
            functionLines,
            processes));
  }
}
