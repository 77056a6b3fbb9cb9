package dev.logshipper.bundle.demo;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.ExtensionCost;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.process.MemoryUse;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The demo's final report.
final class DemoReport {
  private static final int RECORDS_SHOWN = 4;

  private final PrintStream out;
  private final Sandbox sandbox;
  private final Destination destination;
  private final LineCheck lines;

  DemoReport(PrintStream out, Sandbox sandbox, Destination destination, LineCheck lines) {
    this.out = out;
    this.sandbox = sandbox;
    this.destination = destination;
    this.lines = lines;
  }

  void print() {
    List<String> records = destination.lines();
    out.printf("%nSome of the %d records that arrived:%n", records.size());
    records.stream().filter(LineCheck::isNumbered).limit(RECORDS_SHOWN).forEach(out::println);
    out.printf("%nOutput of the layer:%n");
    sandbox.extensionOutput().forEach(out::println);
    out.printf("%nCost of the layer:%n");
    printCosts(sandbox.extensions().getFirst().cost());
    out.printf(
        "%n%d of the function's %d lines arrived%s%n",
        lines.arrived(),
        lines.written(),
        lines.isComplete() ? ", each once and in order." : ": NOT what it wrote.");
  }

  private void printCosts(ExtensionCost cost) {
    List<Double> held = cost.heldMillis().stream().sorted().toList();
    row("registered after", cost.registerMillis().orElse(0), "ms");
    row("ready after", cost.readyMillis().orElse(0), "ms");
    row("held per invocation, median", held.isEmpty() ? 0 : held.get(held.size() / 2), "ms");
    row("held per invocation, longest", held.isEmpty() ? 0 : held.getLast(), "ms");
    row("CPU until ready", cost.cpuToReadyMillis(), "ms");
    row("CPU in total", cost.cpuMillis(), "ms");
    row("memory at the end, PSS", megabytes(cost.memoryAtEnd()), "MB");
    row("memory at the end, anonymous", anonymousMegabytes(cost.memoryAtEnd()), "MB");
    count("requests", destination.requests().size());
    count("connections", destination.connections());
    count("bytes on the wire", destination.bytesReceived());
  }

  private void row(String name, double value, String unit) {
    out.printf("  %-30s %10s %s%n", name, String.format(Locale.ROOT, "%.1f", value), unit);
  }

  private void count(String name, long value) {
    out.printf("  %-30s %10d%n", name, value);
  }

  private static double megabytes(@Nullable MemoryUse memory) {
    return memory == null ? 0 : memory.pssBytes() / 1048576.0;
  }

  private static double anonymousMegabytes(@Nullable MemoryUse memory) {
    return memory == null ? 0 : memory.anonymousBytes() / 1048576.0;
  }
}
