package dev.logshipper.sandbox.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.InitOutcome;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.ShutdownOutcome;
import dev.logshipper.sandbox.report.Landing;
import dev.logshipper.sandbox.report.LineComparison;
import dev.logshipper.sandbox.report.Terminal;
import java.util.List;
import java.util.Locale;

/// The report of a run, for people: a line per event as it happens, then the summary.
final class RunReport {
  private static final int LINES_AT_FAILURE_MAX = 20;
  private static final int RECORDS_MAX = 1_000;
  private static final int MISSING_MAX = 3;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Terminal terminal;
  private final boolean show;

  RunReport(Terminal terminal, boolean show) {
    this.terminal = terminal;
    this.show = show;
  }

  void extensionLine(String name, String line) {
    terminal.line(terminal.dim(line.startsWith(name + ": ") ? line : "[" + name + "] " + line));
  }

  void init(Sandbox sandbox, List<String> printed) {
    InitOutcome init = sandbox.init();
    terminal.line(
        init.succeeded()
            ? "init       " + millis(init.millis())
            : terminal.bad("init       failed: " + init.errorType()) + detail(init.message()));
    printed(printed, !init.succeeded());
  }

  void invocation(int number, int count, InvocationOutcome outcome, List<String> printed) {
    boolean succeeded = outcome.succeeded();
    String status = outcome.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String width = Integer.toString(String.valueOf(count).length());
    terminal.line(
        String.format(
            Locale.ROOT,
            "invocation %" + width + "d  %s  %s, held %s, %d %s%s",
            number,
            succeeded ? terminal.good(status) : terminal.bad(status),
            millis(outcome.durationMillis()),
            millis(outcome.heldMillis()),
            printed.size(),
            printed.size() == 1 ? "line" : "lines",
            succeeded ? "" : "  " + terminal.bad(outcome.errorType()) + detail(message(outcome))));
    printed(printed, !succeeded);
  }

  void fault(String change) {
    terminal.line(terminal.bad("fault      ") + change);
  }

  void shutdown(ShutdownOutcome shutdown, List<String> printed) {
    printed(printed, false);
    for (ShutdownOutcome.ExtensionEnd end : shutdown.extensions()) {
      terminal.line(
          "shutdown   %s: %s after %s, exit code %d"
              .formatted(
                  end.name(),
                  end.killed() ? terminal.bad("killed") : "ended",
                  millis(end.millis()),
                  end.exitCode()));
    }
  }

  void result(RunResult result) {
    terminal.line("");
    CostTable.of(result.sandbox().timeline().summary()).lines().forEach(terminal::line);
    Destination destination = result.destination();
    LineComparison comparison = result.comparison();
    if (destination != null && comparison != null) {
      arrived(destination, comparison);
    }
    if (!result.init().succeeded()) {
      terminal.line(
          terminal.bad("The environment did not start: " + result.init().errorType())
              + detail(result.init().message()));
    }
    if (result.page() != null) {
      terminal.line("");
      terminal.line("Timeline: " + result.page().toAbsolutePath());
    }
  }

  private void arrived(Destination destination, LineComparison comparison) {
    terminal.heading("Arrived");
    Landing.describe(destination).forEach(line -> terminal.line(terminal.cut("  " + line)));
    if (show) {
      List<String> records = destination.lines();
      terminal.heading("Records");
      records.stream().limit(RECORDS_MAX).forEach(line -> terminal.line(terminal.cut("  " + line)));
      if (records.size() > RECORDS_MAX) {
        terminal.line("  and " + (records.size() - RECORDS_MAX) + " more");
      }
    }
    String sum =
        "%d of the function's %d lines arrived%s"
            .formatted(
                comparison.arrived(),
                comparison.printed(),
                comparison.repeated() == 0 ? "" : ", " + comparison.repeated() + " of them twice");
    terminal.line("");
    terminal.line(
        comparison.missing().isEmpty() ? terminal.good(sum) : terminal.bad(sum + "; missing:"));
    comparison.missing().stream()
        .limit(MISSING_MAX)
        .forEach(line -> terminal.line(terminal.cut("  " + line)));
  }

  /// The lines of the function: all with `--show`, the last ones at a failure.
  private void printed(List<String> lines, boolean failure) {
    List<String> shown = lines;
    if (!show) {
      shown =
          failure
              ? lines.subList(Math.max(0, lines.size() - LINES_AT_FAILURE_MAX), lines.size())
              : List.of();
    }
    for (String each : shown) {
      each.lines().forEach(line -> terminal.line(terminal.cut(terminal.dim("  | ") + line)));
    }
  }

  private static String message(InvocationOutcome outcome) {
    try {
      return JSON.readTree(outcome.response()).path("errorMessage").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static String detail(String message) {
    return message.isBlank() ? "" : ": " + message.lines().findFirst().orElse("");
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }
}
