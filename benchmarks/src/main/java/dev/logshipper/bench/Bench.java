package dev.logshipper.bench;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.candidate.Candidates;
import dev.logshipper.bench.document.WrittenSection;
import dev.logshipper.bench.process.WorkFolder;
import dev.logshipper.bench.report.ComparisonTable;
import dev.logshipper.bench.report.CostPicture;
import dev.logshipper.bench.report.CostTable;
import dev.logshipper.bench.report.ExperimentTable;
import dev.logshipper.bench.report.Machine;
import dev.logshipper.bench.report.ResultTables;
import dev.logshipper.bench.report.WarmUpPicture;
import dev.logshipper.bench.report.WarmUpTable;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Measurement;
import dev.logshipper.bench.result.RawResults;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.scenario.Experiment;
import dev.logshipper.bench.scenario.RunSettings;
import dev.logshipper.bench.scenario.Scenario;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `scripts/bench`: runs experiments and prints the results. Repetitions are interleaved, so that
/// other load on the machine affects all candidates alike.
public final class Bench {
  private static final int USAGE_ERROR = 2;
  private static final WrittenSection RESULTS = new WrittenSection("scripts/bench --readme");
  private static final WrittenSection WARM_UP =
      new WrittenSection("scripts/bench warm-up --readme");

  private final RunSettings settings;
  private final PrintStream out;
  private final PrintStream progress;
  private final Results results = new Results();
  private final Set<String> measured = new HashSet<>();
  private boolean failed;

  private Bench(RunSettings settings, PrintStream out, PrintStream progress) {
    this.settings = settings;
    this.out = out;
    this.progress = progress;
  }

  /// Exits with 0, with 1 if a measurement failed, with 2 for a bad command line.
  ///
  /// @param words the root of the repository, then the command line
  public static void main(String[] words) throws IOException, InterruptedException {
    List<String> line = List.of(words).subList(1, words.length);
    RunSettings settings;
    try {
      settings = Arguments.parse(line, Path.of(words[0]).toAbsolutePath());
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "; see scripts/bench --help");
      System.exit(USAGE_ERROR);
      return;
    }
    Path target = Path.of(words[0], "benchmarks/target/bench").toAbsolutePath();
    Bench bench = new Bench(settings, System.out, System.err);
    System.exit(bench.run(Files.createDirectories(target)) ? 0 : 1);
  }

  private boolean run(Path target) throws IOException, InterruptedException {
    Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Path file = target.resolve("raw-" + begin.toString().replace(":", "") + ".jsonl");
    Path work = WorkFolder.temporary();
    Machine machine = Machine.present();
    try (RawResults raw = new RawResults(file)) {
      List<Candidate> candidates = candidates(work);
      out.println("Cells: " + ExperimentTable.LEGEND + ". Machine: " + machine.description() + ".");
      for (Scenario scenario : settings.scenarios()) {
        for (Experiment experiment : scenario.experiments(settings)) {
          if (measured.add(experiment.title())) {
            repeat(experiment, candidates, raw);
            out.printf("%n**%s**%n%n", experiment.title());
            out.print(new ExperimentTable(experiment, candidates, results).table());
          }
        }
      }
      if (settings.baseline() != null) {
        out.printf("%n**Compared with the baseline**%n%n");
        out.print(new ComparisonTable(candidates, results, settings).table());
      }
      writeTables(candidates, machine);
      drawWarmUp(target, machine);
    } finally {
      WorkFolder.delete(work);
    }
    out.printf("%nEach value: %s%n", file);
    return !failed;
  }

  private List<Candidate> candidates(Path work) throws IOException, InterruptedException {
    List<Candidate> all =
        Candidates.of(
            settings.layer(), settings.baselineLayer(), settings.sinks(), settings.others(), work);
    if (settings.comparison()) {
      all.removeIf(candidate -> candidate.role() == Role.WAITED_FOR);
    }
    return all;
  }

  private void writeTables(List<Candidate> candidates, Machine machine) throws IOException {
    Path document = settings.document();
    if (document != null) {
      ResultTables tables = new ResultTables(candidates, results, settings, machine);
      String text = Files.readString(document);
      if (!settings.scenarios().equals(List.of(Scenario.WARM_UP))) {
        text = RESULTS.replace(text, tables.text());
        writeCosts(candidates, machine, document);
      }
      if (settings.scenarios().contains(Scenario.WARM_UP)) {
        text = WARM_UP.replace(text, tables.warmUpText());
      }
      Files.writeString(document, text);
    }
  }

  /// The table of the README, and the picture, unless a part of them was not measured.
  private void writeCosts(List<Candidate> candidates, Machine machine, Path document)
      throws IOException {
    if (!settings.scenarios().containsAll(CostTable.SCENARIOS)) {
      return;
    }
    Path readme = document.resolveSibling("../README.md").normalize();
    CostTable table = new CostTable(candidates, results, machine, settings.repetitions());
    Files.writeString(readme, RESULTS.replace(Files.readString(readme), table.text()));
    Files.writeString(
        document.resolveSibling("docs/costs.svg"), new CostPicture(candidates, results).draw());
  }

  private void drawWarmUp(Path target, Machine machine) throws IOException {
    if (settings.scenarios().contains(Scenario.WARM_UP)) {
      Path document = settings.document();
      Path folder = document == null ? target : document.resolveSibling("docs");
      Path picture = Files.createDirectories(folder).resolve("warm-up.svg");
      Files.writeString(picture, new WarmUpPicture(results, settings, machine).draw());
      WarmUpTable table = new WarmUpTable(results, settings, machine);
      out.printf("%n**%s**%n%n%sPicture: %s%n", table.title(), table.table(), picture);
    }
  }

  private void repeat(Experiment experiment, List<Candidate> candidates, RawResults raw)
      throws IOException, InterruptedException {
    int repetitions = experiment.repetitions(settings.repetitions());
    for (int repetition = 1; repetition <= repetitions; repetition++) {
      progress.printf("%s: %d of %d%n", experiment.title(), repetition, repetitions);
      for (Candidate candidate : candidates) {
        if (experiment.appliesTo(candidate)) {
          measure(experiment, candidate, repetition, raw);
        }
      }
    }
  }

  private void measure(Experiment experiment, Candidate candidate, int repetition, RawResults raw)
      throws IOException, InterruptedException {
    Map<Figure, Double> values;
    try {
      values = experiment.measure(candidate);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failed = true;
      progress.printf("bench: %s, %s: %s%n", experiment.title(), candidate.name(), e);
      return;
    }
    for (Map.Entry<Figure, Double> value : values.entrySet()) {
      Measurement measurement =
          new Measurement(
              experiment.title(), candidate.name(), repetition, value.getKey(), value.getValue());
      results.add(measurement);
      raw.add(measurement);
    }
  }
}
