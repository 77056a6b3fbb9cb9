package dev.logshipper.sandbox.environment;

import dev.logshipper.sandbox.environment.platform.EnvironmentState;
import dev.logshipper.sandbox.environment.platform.RegisteredExtension;
import dev.logshipper.sandbox.environment.process.ChildProcess;
import dev.logshipper.sandbox.environment.process.MemoryUse;
import dev.logshipper.sandbox.environment.telemetry.TelemetryHub;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// One extension of the environment: the processes of its file, and their cost. A reset replaces it
/// by another one of the same name. Safe for use by several threads.
public final class ExtensionProcess {

  private final String name;
  private final ChildProcess process;
  private final EnvironmentState state;
  private final TelemetryHub hub;
  private final List<Double> heldMillis = new CopyOnWriteArrayList<>();
  private volatile OptionalLong firstAcceptedNanos = OptionalLong.empty();
  private volatile double cpuToReadyMillis;
  private volatile @Nullable MemoryUse memoryAtReady;
  private volatile @Nullable MemoryUse memoryAtEnd;

  ExtensionProcess(String name, ChildProcess process, EnvironmentState state, TelemetryHub hub) {
    this.name = name;
    this.process = process;
    this.state = state;
    this.hub = hub;
  }

  /// The name of its file, under which it has to register.
  public String name() {
    return name;
  }

  /// The process that Lambda watches: the executed file's own.
  public long pid() {
    return process.pid();
  }

  /// All live processes started from the file, including its own.
  public List<Long> pids() {
    return process.pids();
  }

  /// The present memory of all its live processes.
  public MemoryUse memory() {
    return process.memory();
  }

  /// The present memory of the process that Lambda watches.
  public MemoryUse ownMemory() {
    return process.ownMemory();
  }

  /// Its cost so far.
  public ExtensionCost cost() {
    RegisteredExtension registered = state.extension(name);
    return new ExtensionCost(
        registered == null ? OptionalDouble.empty() : since(registered.registeredNanos()),
        registered == null ? OptionalDouble.empty() : since(registered.readyNanos()),
        since(firstAccepted().orElse(0)),
        heldMillis,
        cpuToReadyMillis,
        process.cpuMillis(),
        memoryAtReady,
        memoryAtEnd);
  }

  ChildProcess process() {
    return process;
  }

  void sampleAtReady() {
    cpuToReadyMillis = process.cpuMillis();
    memoryAtReady = process.memory();
  }

  void sampleAtEnd() {
    double _ = process.cpuMillis();
    memoryAtEnd = process.memory();
  }

  long memoryBytes() {
    MemoryUse sampled = memoryAtReady;
    return sampled == null ? 0 : sampled.pssBytes();
  }

  /// Records for how long it held the environment after the function was done.
  double addHeld(long runtimeNextNanos) {
    RegisteredExtension registered = state.extension(name);
    long lastNext = registered == null ? 0 : registered.lastNextNanos();
    double held = Math.max(0, (lastNext - runtimeNextNanos) / 1e6);
    heldMillis.add(held);
    return held;
  }

  /// The time of its first accepted delivery. Remembered, because its subscription goes away with
  /// it.
  OptionalLong firstAccepted() {
    if (firstAcceptedNanos.isEmpty()) {
      firstAcceptedNanos = hub.firstAcceptedNanos(name);
    }
    return firstAcceptedNanos;
  }

  private OptionalDouble since(long nanos) {
    return nanos == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((nanos - process.startedNanos()) / 1e6);
  }
}
