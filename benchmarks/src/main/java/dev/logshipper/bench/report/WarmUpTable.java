package dev.logshipper.bench.report;

import dev.logshipper.bench.document.MarkdownTable;
import dev.logshipper.bench.report.FirstInvocations.Variant;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.scenario.FirstInvocation;
import dev.logshipper.bench.scenario.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Cold starts by memory size: the numbers of [WarmUpPicture].
public final class WarmUpTable {
  private static final String NONE = "–";

  private final FirstInvocations measured;
  private final Machine machine;

  public WarmUpTable(Results results, RunSettings settings, Machine machine) {
    this.measured = new FirstInvocations(results, settings);
    this.machine = machine;
  }

  public String title() {
    return "A cold start of a Node function with "
        + measured.sink()
        + " over TLS by memory, init on "
        + measured.initCpu(machine)
        + ": init / then held / billed / caller waits, ms";
  }

  public MarkdownTable table() {
    List<String> header = new ArrayList<>(List.of("MB"));
    measured.variants().forEach(variant -> header.add(variant.title()));
    MarkdownTable table = new MarkdownTable(header);
    for (int size : measured.sizes()) {
      List<String> cells = new ArrayList<>(List.of(ExperimentTable.number(size)));
      measured.variants().forEach(variant -> cells.add(cell(size, variant)));
      table.row(cells);
    }
    return table;
  }

  private String cell(int size, Variant variant) {
    List<String> medians = new ArrayList<>();
    for (Figure figure :
        List.of(
            FirstInvocation.INIT,
            FirstInvocation.HELD,
            FirstInvocation.BILLED,
            FirstInvocation.CALLER)) {
      OptionalDouble median = measured.median(size, variant, figure);
      if (median.isEmpty()) {
        return NONE;
      }
      medians.add(ExperimentTable.number(Math.rint(median.getAsDouble())));
    }
    return String.join(" / ", medians);
  }
}
