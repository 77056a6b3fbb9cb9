package dev.logshipper.bundle.demo;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.ExtensionCost;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.TimelineSummary;
import dev.logshipper.sandbox.environment.process.MemoryUse;
import dev.logshipper.sandbox.report.Landing;
import dev.logshipper.sandbox.report.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The demo's final report.
final class DemoReport {

  private final Terminal terminal;
  private final String mode;
  private final Sandbox sandbox;
  private final Destination destination;
  private final LineCheck lines;
  private final Path page;

  DemoReport(
      Terminal terminal,
      String mode,
      Sandbox sandbox,
      Destination destination,
      LineCheck lines,
      Path page) {
    this.terminal = terminal;
    this.mode = mode;
    this.sandbox = sandbox;
    this.destination = destination;
    this.lines = lines;
    this.page = page;
  }

  void print() {
    List<String> records = destination.lines();
    terminal.heading("Four of the " + records.size() + " records that arrived");
    show("a line", records, each -> each.contains("invoked as"));
    show("an exception, one record", records, each -> each.contains("IllegalStateException"));
    show("the platform's report of an invocation", records, DemoReport::isReport);
    show("the platform's report of the cold start", records, DemoReport::isInitReport);
    terminal.heading("Where they are");
    Landing.describe(destination).forEach(line -> terminal.line(terminal.cut("  " + line)));
    terminal.heading("What the layer printed: its ledger");
    sandbox.extensionOutput().forEach(line -> terminal.line("  " + line));
    terminal.heading("What the layer cost");
    printCosts(sandbox.extensions().getFirst().cost());
    terminal.line("");
    terminal.line(
        lines.arrived()
            + " of the function's "
            + lines.written()
            + " lines arrived"
            + (lines.isComplete()
                ? terminal.good(", each once and in order, in spite of the outage.")
                : terminal.bad(": NOT what it wrote.")));
    printNext();
  }

  /// By its type, or in Loki, which has no types, by its content.
  private static boolean isReport(String record) {
    return record.contains("platform.report") || record.contains("billedDurationMs");
  }

  private static boolean isInitReport(String record) {
    return record.contains("platform.initReport")
        || (record.contains("initializationType") && record.contains("durationMs"));
  }

  private void show(String name, List<String> records, Predicate<String> wanted) {
    terminal.line(terminal.dim("  " + name + ":"));
    records.stream()
        .filter(wanted)
        .findFirst()
        .map(RecordText::lines)
        .orElse(List.of("(none arrived)"))
        .forEach(line -> terminal.line(terminal.cut("    " + line)));
  }

  private void printNext() {
    terminal.heading("Next");
    terminal.line("  The run as a picture:    " + page);
    terminal.line(
        "  Your own function:       scripts/sandbox run --layer extension-bundle/target/layer --mode "
            + mode
            + " --show \\");
    terminal.line("                             --function examples/functions/bash/bootstrap");
    terminal.line(
        "                           and examples/functions/README.md for other languages");
    terminal.line("  Your own sink:           scripts/new-sink my-chat");
    terminal.line("  Another destination:     scripts/demo " + (mode.equals("s3") ? "loki" : "s3"));
    terminal.line("  On AWS:                  scripts/publish --region eu-west-1 --dry-run");
  }

  private void printCosts(ExtensionCost cost) {
    List<Double> held = cost.heldMillis().stream().sorted().toList();
    row("registered after", cost.registerMillis().orElse(0), "ms, part of the cold start");
    row("ready after", cost.readyMillis().orElse(0), "ms, part of the cold start");
    row("held per invocation, median", TimelineSummary.median(held), "ms");
    row("held per invocation, longest", held.isEmpty() ? 0 : held.getLast(), "ms");
    row("CPU until ready", cost.cpuToReadyMillis(), "ms");
    row("CPU in total", cost.cpuMillis(), "ms");
    row(
        "memory at the end (PSS)",
        megabytes(cost.memoryAtEnd()),
        "MB, shared pages divided by their users");
    row("  of it the process's own", anonymousMegabytes(cost.memoryAtEnd()), "MB (anonymous)");
    count("requests", Integer.toString(destination.requests().size()));
    count("connections", Integer.toString(destination.connections()));
    count("received, heads included", Landing.bytes(destination.bytesReceived()));
  }

  private void row(String name, double value, String unit) {
    count(name, String.format(Locale.ROOT, "%.1f %s", value, unit));
  }

  private void count(String name, String value) {
    terminal.line(String.format(Locale.ROOT, "  %-30s %s", name, value));
  }

  private static double megabytes(@Nullable MemoryUse memory) {
    return memory == null ? 0 : memory.pssBytes() / 1048576.0;
  }

  private static double anonymousMegabytes(@Nullable MemoryUse memory) {
    return memory == null ? 0 : memory.anonymousBytes() / 1048576.0;
  }
}
