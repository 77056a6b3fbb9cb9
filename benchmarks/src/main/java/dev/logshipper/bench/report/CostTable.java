package dev.logshipper.bench.report;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.document.MarkdownTable;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.process.FunctionProgram;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.result.Statistics;
import dev.logshipper.bench.scenario.ColdStart;
import dev.logshipper.bench.scenario.Experiment;
import dev.logshipper.bench.scenario.Scenario;
import dev.logshipper.bench.scenario.Start;
import dev.logshipper.bench.scenario.Steady;
import dev.logshipper.bench.scenario.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The small table of the README: one row per cost, one column per sink, and a bare bash extension
/// as the floor. Rows that were not measured in this run are omitted.
public final class CostTable {
  /// With figures in the table or in [CostPicture].
  public static final List<Scenario> SCENARIOS =
      List.of(Scenario.START, Scenario.COLD_START, Scenario.STEADY, Scenario.VOLUME);

  private static final String NONE = "–";

  private final List<Candidate> columns;
  private final Results results;
  private final Machine machine;
  private final int repetitions;

  public CostTable(List<Candidate> candidates, Results results, Machine machine, int repetitions) {
    this.columns =
        candidates.stream().filter(each -> each.is(Role.LAYER, Role.BASH_FLOOR)).toList();
    this.results = results;
    this.machine = machine;
    this.repetitions = repetitions;
  }

  /// The table, after a sentence about the run.
  public String text() {
    List<String> header = new ArrayList<>(List.of(""));
    columns.forEach(column -> header.add(column.name()));
    MarkdownTable table = new MarkdownTable(header);
    addedToInit(table, "one core", ColdStart.ONE_CORE);
    addedToInit(table, machine.cores() + " cores", CpuLimit.NONE);
    row(table, "CPU until the first delivery over TLS, ms", starts(Start.CPU_TO_DELIVERY));
    row(table, "invocation held, median, ms", steady(Steady.HELD));
    Figure memory = Figure.megabytes("PSS " + Steady.AFTER);
    row(table, "memory (PSS) after 20 invocations, MB", steady(memory));
    row(table, "CPU per MB of lines, ms", of(Volume.STANDARD, Volume.CPU));
    return "Medians of %d interleaved runs on %s.\n\n%s"
        .formatted(repetitions, machine.description(), table);
  }

  private void addedToInit(MarkdownTable table, String cpu, CpuLimit limit) {
    Experiment experiment = new ColdStart(FunctionProgram.NODE, limit);
    Optional<Double> alone = median(experiment, "no extension", ColdStart.INIT);
    row(
        table,
        "added to a Node function's init, " + cpu + ", ms",
        name ->
            median(experiment, name, ColdStart.INIT)
                .flatMap(with -> alone.map(without -> with - without)));
  }

  private Function<String, Optional<Double>> starts(Figure figure) {
    return of(new Start(CpuLimit.NONE), figure);
  }

  private Function<String, Optional<Double>> steady(Figure figure) {
    return of(new Steady(CpuLimit.NONE), figure);
  }

  private Function<String, Optional<Double>> of(Experiment experiment, Figure figure) {
    return name -> median(experiment, name, figure);
  }

  private void row(MarkdownTable table, String title, Function<String, Optional<Double>> values) {
    List<String> cells = new ArrayList<>(List.of(title));
    for (Candidate column : columns) {
      cells.add(values.apply(column.name()).map(ExperimentTable::number).orElse(NONE));
    }
    if (!cells.subList(1, cells.size()).stream().allMatch(NONE::equals)) {
      table.row(cells);
    }
  }

  private Optional<Double> median(Experiment experiment, String name, Figure figure) {
    return results.of(experiment.title(), name, figure).map(Statistics::median);
  }
}
