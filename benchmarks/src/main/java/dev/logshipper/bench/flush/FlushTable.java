package dev.logshipper.bench.flush;

import dev.logshipper.advisor.simulation.Outcome;
import dev.logshipper.bench.document.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// All outcomes as tables.
final class FlushTable {
  private static final String CSV_HEADER =
      "pattern,rule,billed ms per 1000 invocations,requests per invocation,"
          + "staleness p50 s,p99 s,max s,lines sent at SHUTDOWN,lines\n";

  private FlushTable() {}

  /// Held milliseconds, 99th percentile of staleness in seconds, requests per invocation.
  static String markdown(List<Comparison> comparisons) {
    List<String> header = new ArrayList<>(List.of(""));
    for (ComparedRule rule : ComparedRule.values()) {
      header.add(rule.title());
    }
    MarkdownTable table = new MarkdownTable(header);
    for (Comparison comparison : comparisons) {
      List<String> cells = new ArrayList<>(List.of(comparison.pattern().name()));
      for (ComparedRule rule : ComparedRule.values()) {
        cells.add(cell(comparison.outcome(rule)));
      }
      table.row(cells);
    }
    return table.toString();
  }

  private static String cell(Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "%s / %s / %.2f",
        rounded(outcome.heldMillis()),
        rounded(outcome.stalenessP99()),
        outcome.requests());
  }

  private static String rounded(double figure) {
    return String.format(Locale.ROOT, figure < 10 ? "%.2f" : "%.0f", figure);
  }

  /// All figures, one line per pattern and rule.
  static String csv(List<Comparison> comparisons) {
    StringBuilder lines = new StringBuilder(CSV_HEADER);
    for (Comparison comparison : comparisons) {
      for (ComparedRule rule : ComparedRule.values()) {
        Outcome outcome = comparison.outcome(rule);
        lines.append(
            String.format(
                Locale.ROOT,
                "\"%s\",%s,%.0f,%.3f,%.3f,%.3f,%.3f,%d,%d\n",
                comparison.pattern().name(),
                rule.title(),
                outcome.heldMillis() * 1_000,
                outcome.requests(),
                outcome.stalenessP50(),
                outcome.stalenessP99(),
                outcome.stalenessMax(),
                outcome.sentAtShutdown(),
                outcome.lines()));
      }
    }
    return lines.toString();
  }
}
