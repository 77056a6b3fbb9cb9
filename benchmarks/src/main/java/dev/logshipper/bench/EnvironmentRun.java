package dev.logshipper.bench;

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

/// One life of a candidate: its sandbox, its destination, and the lines that its function writes.
final class EnvironmentRun implements AutoCloseable {
  private final Sandbox sandbox;
  private final Destination destination;
  private final NumberedLines lines;
  private final CpuLimit.Hold limit;
  private final Path folder;
  private final List<Double> heldMillis = new ArrayList<>();

  EnvironmentRun(
      Sandbox sandbox,
      Destination destination,
      NumberedLines lines,
      CpuLimit.Hold limit,
      Path folder) {
    this.sandbox = sandbox;
    this.destination = destination;
    this.lines = lines;
    this.limit = limit;
    this.folder = folder;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  Destination destination() {
    return destination;
  }

  NumberedLines lines() {
    return lines;
  }

  /// Invokes the function some times, back to back.
  ///
  /// @throws IllegalStateException when one does not succeed
  void invoke(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      InvocationOutcome outcome = sandbox.invoke("{}");
      if (!outcome.succeeded()) {
        throw new IllegalStateException(outcome + "; " + sandbox.extensionOutput());
      }
      heldMillis.add(outcome.heldMillis());
    }
  }

  /// How long each invocation so far was held.
  List<Double> heldMillis() {
    return List.copyOf(heldMillis);
  }

  ExtensionProcess extension() {
    return sandbox.extensions().getFirst();
  }

  ExtensionCost cost() {
    return extension().cost();
  }

  /// Adds the three figures of the memory that it takes now.
  void addMemory(Map<Figure, Double> values, String when) {
    addMemory(values, when, extension().memory());
  }

  static void addMemory(Map<Figure, Double> values, String when, MemoryUse memory) {
    values.put(Figure.megabytes("PSS " + when), memory.pssBytes() / 1e6);
    values.put(Figure.megabytes("private " + when), memory.privateBytes() / 1e6);
    values.put(Figure.megabytes("anonymous " + when), memory.anonymousBytes() / 1e6);
  }

  /// The columns of [#addMemory].
  static List<Figure> memoryFigures(String when) {
    return List.of(
        Figure.megabytes("PSS " + when),
        Figure.megabytes("private " + when),
        Figure.megabytes("anonymous " + when));
  }

  /// Ends the environment.
  void shutdown() throws InterruptedException {
    limit.end();
    ShutdownOutcome _ = sandbox.shutdown("spindown");
  }

  /// How many lines did not arrive; empty when what arrived cannot be read.
  OptionalInt lost() {
    try {
      return OptionalInt.of(lines.lost(destination.lines()));
    } catch (RuntimeException _) {
      return OptionalInt.empty(); // an encoding that the stand-in does not undo
    }
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
