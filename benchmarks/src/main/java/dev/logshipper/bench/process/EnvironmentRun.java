package dev.logshipper.bench.process;

import dev.logshipper.bench.result.Figure;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.ExtensionCost;
import dev.logshipper.sandbox.environment.ExtensionProcess;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.ShutdownOutcome;
import dev.logshipper.sandbox.environment.process.MemoryUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// One environment of a candidate: the sandbox, the destination, and the lines that the function
/// writes.
public final class EnvironmentRun implements AutoCloseable {
  private final Sandbox sandbox;
  private final Destination destination;
  private final NumberedLines lines;
  private final CpuLimit.Limiter limit;
  private final Path folder;
  private final List<InvocationOutcome> outcomes = new ArrayList<>();

  EnvironmentRun(
      Sandbox sandbox,
      Destination destination,
      NumberedLines lines,
      CpuLimit.Limiter limit,
      Path folder) {
    this.sandbox = sandbox;
    this.destination = destination;
    this.lines = lines;
    this.limit = limit;
    this.folder = folder;
  }

  public Sandbox sandbox() {
    return sandbox;
  }

  public Destination destination() {
    return destination;
  }

  public NumberedLines lines() {
    return lines;
  }

  /// Invokes the function, back to back.
  ///
  /// @throws IllegalStateException if an invocation fails
  public void invoke(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      InvocationOutcome outcome = sandbox.invoke("{}");
      if (!outcome.succeeded()) {
        throw new IllegalStateException(outcome + "; " + sandbox.extensionOutput());
      }
      outcomes.add(outcome);
    }
  }

  /// Held time of each invocation so far.
  public List<Double> heldMillis() {
    return outcomes.stream().map(InvocationOutcome::heldMillis).toList();
  }

  /// Duration of each invocation so far, held time included.
  public List<Double> durationMillis() {
    return outcomes.stream().map(InvocationOutcome::durationMillis).toList();
  }

  public ExtensionProcess extension() {
    return sandbox.extensions().getFirst();
  }

  public ExtensionCost cost() {
    return extension().cost();
  }

  /// Adds the three figures of current memory use.
  public void addMemory(Map<Figure, Double> values, String when) {
    addMemory(values, when, extension().memory());
  }

  public static void addMemory(Map<Figure, Double> values, String when, MemoryUse memory) {
    values.put(Figure.megabytes("PSS " + when), memory.pssBytes() / 1e6);
    values.put(Figure.megabytes("private " + when), memory.privateBytes() / 1e6);
    values.put(Figure.megabytes("anonymous " + when), memory.anonymousBytes() / 1e6);
  }

  /// The columns of [#addMemory].
  public static List<Figure> memoryFigures(String when) {
    return List.of(
        Figure.megabytes("PSS " + when),
        Figure.megabytes("private " + when),
        Figure.megabytes("anonymous " + when));
  }

  /// Ends the environment.
  public void shutdown() throws InterruptedException {
    limit.end();
    ShutdownOutcome _ = sandbox.shutdown("spindown");
  }

  /// The number of numbered lines stored so far; empty if the stored data cannot be decoded.
  public OptionalInt stored() {
    try {
      return OptionalInt.of(NumberedLines.count(destination.lines()));
    } catch (RuntimeException _) {
      return OptionalInt.empty(); // an encoding unknown to the stand-in
    }
  }

  /// The number of lines not stored; empty if the stored data cannot be decoded.
  public OptionalInt lost() {
    OptionalInt stored = stored();
    return stored.isPresent()
        ? OptionalInt.of(lines.written() - stored.getAsInt())
        : OptionalInt.empty();
  }

  @Override
  public void close() throws IOException {
    try (limit) {
      limit.end();
      sandbox.close();
    } finally {
      destination.close();
      WorkFolder.delete(folder);
    }
  }
}
