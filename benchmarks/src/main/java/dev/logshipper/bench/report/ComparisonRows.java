package dev.logshipper.bench.report;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.process.FunctionProgram;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.scenario.ArrivalPattern;
import dev.logshipper.bench.scenario.ColdStart;
import dev.logshipper.bench.scenario.Experiment;
import dev.logshipper.bench.scenario.FirstInvocation;
import dev.logshipper.bench.scenario.LayerSize;
import dev.logshipper.bench.scenario.Patterns;
import dev.logshipper.bench.scenario.Start;
import dev.logshipper.bench.scenario.Steady;
import dev.logshipper.bench.scenario.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The rows of [ComparisonTable], whether or not they were measured.
final class ComparisonRows {
  private final List<Candidate> candidates;
  private final boolean throttledInit;
  private final List<ComparisonRow> rows = new ArrayList<>();

  private ComparisonRows(List<Candidate> candidates, boolean throttledInit) {
    this.candidates = candidates;
    this.throttledInit = throttledInit;
  }

  /// The rows for the layer's candidates.
  ///
  /// @param throttledInit as it was when [FirstInvocation] was measured
  static List<ComparisonRow> of(List<Candidate> candidates, boolean throttledInit) {
    ComparisonRows all = new ComparisonRows(candidates, throttledInit);
    all.starts();
    all.coldStarts();
    all.runs();
    all.sizes();
    all.patterns();
    return all.rows;
  }

  private void starts() {
    Experiment start = new Start(CpuLimit.NONE);
    each("CPU to first delivery, TLS, ms", start, Start.CPU_TO_DELIVERY);
    first("registered, ms", start, Start.REGISTER);
    first("registered, later than bare bash, ms", "bare bash", start, Start.REGISTER);
    Experiment first = FirstInvocation.compared(throttledInit);
    each("first invocation held, 512 MB, TLS, ms", first, FirstInvocation.HELD);
    each("of its 10 lines stored by then", first, FirstInvocation.STORED);
  }

  private void coldStarts() {
    for (CpuLimit limit : List.of(CpuLimit.NONE, ColdStart.ONE_CORE, ColdStart.SMALL)) {
      String cpu =
          limit.equals(CpuLimit.NONE)
              ? "all cores"
              : limit.equals(ColdStart.ONE_CORE) ? "one core" : "CPU of 512 MB";
      String title = "added to a Node function's init, " + cpu + ", ms";
      Experiment cold = new ColdStart(FunctionProgram.NODE, limit);
      add(title, "no extension", ComparisonRows::isLayer, cold, List.of(ColdStart.INIT));
    }
  }

  private void runs() {
    Experiment volume = Volume.STANDARD;
    add(
        "CPU per MB of lines, 18 MB, ms",
        "",
        ComparisonRows::isLayerOrVariant,
        volume,
        List.of(Volume.CPU));
    add("lost of 90,000 lines", "", ComparisonRows::isLayerOrVariant, volume, List.of(Volume.LOST));
    Experiment steady = new Steady(CpuLimit.NONE);
    each("PSS after 20 invocations, MB", steady, Figure.megabytes("PSS " + Steady.AFTER));
    each(
        "anonymous memory after 20 invocations, MB",
        steady,
        Figure.megabytes("anonymous " + Steady.AFTER));
    first("launcher's own memory, PSS, MB", steady, Steady.LAUNCHER);
    each("held in steady traffic, median, ms", steady, Steady.HELD);
    each("lost of 200 lines in steady traffic", steady, Steady.LOST);
  }

  private void sizes() {
    first("layer zipped, MB", new LayerSize(), LayerSize.ZIP);
    first("slim layer zipped, MB", new LayerSize(), LayerSize.SLIM_ZIP);
  }

  private void patterns() {
    for (ArrivalPattern pattern : ArrivalPattern.values()) {
      add(
          pattern.title() + ": held mean ms / staleness p99 s / requests per invocation / lost",
          "",
          this::isFirst,
          new Patterns(pattern),
          List.of(Patterns.HELD, Patterns.STALENESS, Patterns.REQUESTS, Patterns.LOST));
    }
  }

  private void each(String title, Experiment experiment, Figure figure) {
    add(title, "", ComparisonRows::isLayer, experiment, List.of(figure));
  }

  private void first(String title, Experiment experiment, Figure figure) {
    first(title, "", experiment, figure);
  }

  private void first(String title, String subtracted, Experiment experiment, Figure figure) {
    add(title, subtracted, this::isFirst, experiment, List.of(figure));
  }

  private static boolean isLayer(Candidate candidate) {
    return candidate.role() == Role.LAYER;
  }

  private static boolean isLayerOrVariant(Candidate candidate) {
    return candidate.is(Role.LAYER, Role.VARIANT);
  }

  /// The first of the layer's sinks: figures that hardly depend on the sink.
  private boolean isFirst(Candidate candidate) {
    return candidates.stream().filter(ComparisonRows::isLayer).findFirst().stream()
        .anyMatch(candidate::equals);
  }

  private void add(
      String title,
      String subtracted,
      Predicate<Candidate> which,
      Experiment experiment,
      List<Figure> figures) {
    candidates.stream()
        .filter(which)
        .forEach(candidate -> {
          String baseline = candidate.sink().mode() + ", baseline";
          String whole = candidate.name() + ": " + title;
          rows.add(
              new ComparisonRow(
                  whole, experiment, figures, candidate.name(), baseline, subtracted));
        });
  }
}
