package dev.logshipper.policy;

import java.util.Locale;

/// The outcomes of all rules with all patterns, for people.
final class FlushTable {
  private FlushTable() {}

  /// Held milliseconds, 99th percentile of staleness in seconds, requests per invocation.
  static String markdown() {
    StringBuilder table = new StringBuilder("|");
    StringBuilder line = new StringBuilder("\n|---|");
    for (Rules rules : Rules.values()) {
      table.append(" | ").append(rules.word());
      line.append("---|");
    }
    table.append(" |").append(line).append('\n');
    for (Pattern pattern : Patterns.all()) {
      table.append("| ").append(pattern.name());
      for (Rules rules : Rules.values()) {
        table.append(" | ").append(cell(FlushSimulation.run(pattern, rules)));
      }
      table.append(" |\n");
    }
    return table.toString();
  }

  private static String cell(Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "%s / %s / %.2f",
        three(outcome.heldMillis()),
        three(outcome.stalenessP99()),
        outcome.requests());
  }

  private static String three(double figure) {
    return String.format(Locale.ROOT, figure < 10 ? "%.2f" : "%.0f", figure);
  }

  /// Everything, one line for each rule and pattern.
  static String csv() {
    StringBuilder lines =
        new StringBuilder(
            "pattern,rule,billed ms per 1000 invocations,requests per invocation,"
                + "staleness p50 s,p99 s,max s,lines left at spin-down,lines\n");
    for (Pattern pattern : Patterns.all()) {
      for (Rules rules : Rules.values()) {
        Outcome outcome = FlushSimulation.run(pattern, rules);
        lines.append(
            String.format(
                Locale.ROOT,
                "\"%s\",%s,%.0f,%.3f,%.3f,%.3f,%.3f,%d,%d%n",
                pattern.name(),
                rules.word(),
                outcome.heldMillis() * 1_000,
                outcome.requests(),
                outcome.stalenessP50(),
                outcome.stalenessP99(),
                outcome.stalenessMax(),
                outcome.left(),
                outcome.lines()));
      }
    }
    return lines.toString();
  }
}
