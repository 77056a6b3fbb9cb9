package dev.logshipper.sandbox.cli;

import dev.logshipper.sandbox.environment.ExtensionCost;
import dev.logshipper.sandbox.environment.TimelineSummary;
import dev.logshipper.sandbox.environment.process.MemoryUse;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The costs, for people.
final class CostTable {

  private CostTable() {}

  static String of(TimelineSummary summary) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "%d invocations (%d failed), held %.1f ms median, %.1f ms max;"
                + " %d deliveries (%d failed), %d events, %d bytes, %d events dropped%n%n",
            summary.invocations(),
            summary.failedInvocations(),
            summary.heldMillisMedian(),
            summary.heldMillisMax(),
            summary.deliveries(),
            summary.failedDeliveries(),
            summary.deliveredEvents(),
            summary.deliveredBytes(),
            summary.droppedEvents()));
    table.append(
        row(
            "extension",
            "register",
            "ready",
            "1st logs",
            "held max",
            "CPU rdy",
            "CPU",
            "PSS",
            "own"));
    table.append(row("", "ms", "ms", "ms", "ms", "ms", "ms", "MB", "MB"));
    summary.extensions().forEach((name, cost) -> table.append(row(name, cost)));
    return table.toString();
  }

  private static String row(String name, ExtensionCost cost) {
    List<Double> held = cost.heldMillis().stream().sorted().toList();
    MemoryUse memory = cost.memoryAtEnd() == null ? cost.memoryAtReady() : cost.memoryAtEnd();
    return row(
        name,
        millis(cost.registerMillis()),
        millis(cost.readyMillis()),
        millis(cost.firstDeliveryMillis()),
        held.isEmpty() ? "-" : oneDigit(held.getLast()),
        oneDigit(cost.cpuToReadyMillis()),
        oneDigit(cost.cpuMillis()),
        megabytes(memory, true),
        megabytes(memory, false));
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-24s %9s %9s %9s %9s %9s %9s %9s %9s%n", cells);
  }

  private static String millis(OptionalDouble millis) {
    return millis.isPresent() ? oneDigit(millis.getAsDouble()) : "-";
  }

  private static String megabytes(@Nullable MemoryUse memory, boolean proportional) {
    if (memory == null) {
      return "-";
    }
    long bytes = proportional ? memory.pssBytes() : memory.privateBytes();
    return oneDigit(bytes / 1_048_576.0);
  }

  private static String oneDigit(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
