package dev.logshipper.bench.report;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.document.MarkdownTable;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.process.FunctionProgram;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.result.Statistics;
import dev.logshipper.bench.scenario.ArrivalPattern;
import dev.logshipper.bench.scenario.ColdStart;
import dev.logshipper.bench.scenario.Experiment;
import dev.logshipper.bench.scenario.FirstInvocation;
import dev.logshipper.bench.scenario.LayerSize;
import dev.logshipper.bench.scenario.Patterns;
import dev.logshipper.bench.scenario.RunSettings;
import dev.logshipper.bench.scenario.Scenario;
import dev.logshipper.bench.scenario.Start;
import dev.logshipper.bench.scenario.Steady;
import dev.logshipper.bench.scenario.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The tables of `benchmarks/RESULTS.md`: medians, followed by other extensions' figures. Scenarios
/// that were not measured in this run are omitted.
public final class ResultTables {
  private static final String NONE = "–";

  private final List<Candidate> candidates;
  private final Results results;
  private final RunSettings settings;
  private final Machine machine;

  public ResultTables(
      List<Candidate> candidates, Results results, RunSettings settings, Machine machine) {
    this.candidates = candidates;
    this.results = results;
    this.settings = settings;
    this.machine = machine;
  }

  public String text() {
    StringBuilder text = new StringBuilder(medians());
    if (settings.scenarios().contains(Scenario.PATTERNS)) {
      text.append("Arrival patterns, which last minutes: ");
      text.append(new Patterns(ArrivalPattern.BURSTS).repetitions(settings.repetitions()))
          .append(". ");
    }
    text.append("CPU not limited. *In italics: other extensions, measured elsewhere");
    text.append(" on the same work*.\n");
    if (settings.baseline() != null) {
      append(
          text,
          "Compared with the baseline, the layer of an earlier commit",
          new ComparisonTable(candidates, results, settings).table());
    }
    for (Scenario scenario : settings.scenarios()) {
      switch (scenario) {
        case START -> {
          append(text, "Start (zip: of the whole layer)", start());
          append(text, "Init and first invocation of a Node function of 512 MB, TLS", first());
        }
        case COLD_START -> append(text, "Milliseconds added to a hello function's init", cold());
        case STEADY -> append(text, "20 invocations × 10 lines × 120 B, back to back", steady());
        case VOLUME ->
            append(text, "18 MB of lines of 200 B, TLS, http and s3 with gzip", volume());
        case PATTERNS ->
            append(
                text,
                "By arrivals: mean held ms / staleness p99 s / requests per invocation / lines lost",
                patterns());
        case WARM_UP, OUTAGE, SIZE, MEMORY -> {}
      }
    }
    return text.toString();
  }

  private String medians() {
    return "Medians of %d interleaved repetitions on %s.\n"
        .formatted(settings.repetitions(), machine.description());
  }

  /// The table of the scenario `warm-up`, which has a section of its own.
  public String warmUpText() {
    StringBuilder text = new StringBuilder(medians());
    WarmUpTable table = new WarmUpTable(results, settings, machine);
    append(text, table.title(), table.table());
    return text.toString();
  }

  private static void append(StringBuilder text, String title, MarkdownTable table) {
    text.append("\n**").append(title).append("**\n\n").append(table);
  }

  private MarkdownTable start() {
    Experiment start = new Start(CpuLimit.NONE);
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "",
                "register ms",
                "ready ms",
                "CPU to ready ms",
                "idle PSS MB",
                "first delivery, TLS, ms",
                "CPU to first delivery ms",
                "zip MB"));
    for (Candidate candidate : with(Role.BASH_FLOOR, Role.JVM_FLOOR)) {
      List<String> cells = new ArrayList<>(List.of(candidate.name()));
      Stream.of(
              Start.REGISTER,
              Start.READY,
              Start.CPU_TO_READY,
              Figure.megabytes("PSS " + Start.IDLE),
              Start.FIRST_DELIVERY,
              Start.CPU_TO_DELIVERY)
          .forEach(figure -> cells.add(median(start, candidate, figure)));
      cells.add(median(LayerSize.TITLE, candidate, LayerSize.ZIP));
      addUnlessEmpty(table, cells);
    }
    Peers.addTo(table, Peers.START);
    return table;
  }

  private MarkdownTable first() {
    Experiment first = FirstInvocation.compared(settings.throttledInit());
    MarkdownTable table =
        new MarkdownTable(
            List.of("", "init ms", "function ms", "then held ms", "billed ms", "caller waits ms"));
    addRows(
        table,
        with(Role.NONE),
        first,
        List.of(
            List.of(FirstInvocation.INIT),
            List.of(FirstInvocation.FUNCTION),
            List.of(FirstInvocation.HELD),
            List.of(FirstInvocation.BILLED),
            List.of(FirstInvocation.CALLER)));
    return table;
  }

  private MarkdownTable cold() {
    List<Experiment> tables = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of(""));
    for (FunctionProgram function : FunctionProgram.values()) {
      if (settings.comparison() && function != FunctionProgram.NODE) {
        continue;
      }
      tables.add(new ColdStart(function, CpuLimit.NONE));
      tables.add(new ColdStart(function, ColdStart.ONE_CORE));
      tables.add(new ColdStart(function, ColdStart.SMALL));
      header.add(function.title() + ", all cores");
      header.add(function.title() + ", one core (1,769 MB)");
      header.add(function.title() + ", CPU of 512 MB");
    }
    Candidate none =
        candidates.stream().filter(each -> each.role() == Role.NONE).findFirst().orElseThrow();
    MarkdownTable table = new MarkdownTable(header);
    for (Candidate candidate : with(Role.BASH_FLOOR, Role.JVM_FLOOR, Role.WAITED_FOR)) {
      List<String> cells = new ArrayList<>(List.of(candidate.name()));
      tables.forEach(experiment -> cells.add(added(experiment, candidate, none)));
      addUnlessEmpty(table, cells);
    }
    return table;
  }

  private String added(Experiment experiment, Candidate candidate, Candidate none) {
    Optional<Statistics> without = of(experiment.title(), none, ColdStart.INIT);
    return of(experiment.title(), candidate, ColdStart.INIT)
        .flatMap(
            with -> without.map(floor -> ExperimentTable.number(with.median() - floor.median())))
        .orElse(NONE);
  }

  private MarkdownTable steady() {
    Experiment steady = new Steady(CpuLimit.NONE);
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "",
                "held p50 / max ms, from the second on",
                "requests / connections",
                "wire kB",
                "PSS at the end MB",
                "CPU whole run ms",
                "lost of 200"));
    addRows(
        table,
        with(Role.JVM_FLOOR),
        steady,
        List.of(
            List.of(Steady.HELD, Steady.HELD_MAX),
            List.of(Steady.REQUESTS, Steady.CONNECTIONS),
            List.of(Steady.KILOBYTES),
            List.of(Figure.megabytes("PSS " + Steady.AFTER)),
            List.of(Steady.CPU_TOTAL),
            List.of(Steady.LOST)));
    Peers.addTo(table, Peers.STEADY);
    return table;
  }

  private MarkdownTable volume() {
    MarkdownTable table =
        new MarkdownTable(
            List.of("", "CPU ms per MB", "peak PSS MB", "requests", "wire MB", "lost of 90,000"));
    addRows(
        table,
        with(Role.JVM_FLOOR),
        Volume.STANDARD,
        List.of(
            List.of(Volume.CPU),
            List.of(Volume.PEAK),
            List.of(Volume.REQUESTS),
            List.of(Volume.WIRE),
            List.of(Volume.LOST)));
    Peers.addTo(table, Peers.VOLUME);
    return table;
  }

  private MarkdownTable patterns() {
    List<String> header = new ArrayList<>(List.of(""));
    for (ArrivalPattern pattern : ArrivalPattern.values()) {
      header.add(pattern.title());
    }
    MarkdownTable table = new MarkdownTable(header);
    List<Figure> figures =
        List.of(Patterns.HELD, Patterns.STALENESS, Patterns.REQUESTS, Patterns.LOST);
    for (Candidate candidate : with()) {
      List<String> cells = new ArrayList<>(List.of(candidate.name()));
      for (ArrivalPattern pattern : ArrivalPattern.values()) {
        cells.add(joined(new Patterns(pattern), candidate, figures));
      }
      addUnlessEmpty(table, cells);
    }
    Peers.addTo(table, Peers.PATTERNS);
    return table;
  }

  private void addRows(
      MarkdownTable table,
      List<Candidate> rows,
      Experiment experiment,
      List<List<Figure>> columns) {
    for (Candidate candidate : rows) {
      List<String> cells = new ArrayList<>(List.of(candidate.name()));
      columns.forEach(figures -> cells.add(joined(experiment, candidate, figures)));
      addUnlessEmpty(table, cells);
    }
  }

  private static void addUnlessEmpty(MarkdownTable table, List<String> cells) {
    if (!cells.subList(1, cells.size()).stream().allMatch(NONE::equals)) {
      table.row(cells);
    }
  }

  private String joined(Experiment experiment, Candidate candidate, List<Figure> figures) {
    List<String> medians = new ArrayList<>();
    figures.forEach(figure -> medians.add(median(experiment, candidate, figure)));
    boolean isUnknown = medians.stream().allMatch(NONE::equals);
    return isUnknown ? NONE : String.join(" / ", medians);
  }

  /// Candidates that ship, after the floors of these roles.
  private List<Candidate> with(Role... floors) {
    List<Role> roles = List.of(floors);
    return candidates.stream()
        .filter(candidate -> candidate.ships() || roles.contains(candidate.role()))
        .toList();
  }

  private String median(Experiment experiment, Candidate candidate, Figure figure) {
    return median(experiment.title(), candidate, figure);
  }

  private String median(String table, Candidate candidate, Figure figure) {
    return of(table, candidate, figure)
        .map(statistics -> ExperimentTable.number(statistics.median()))
        .orElse(NONE);
  }

  private Optional<Statistics> of(String table, Candidate candidate, Figure figure) {
    return results.of(table, candidate.name(), figure);
  }
}
