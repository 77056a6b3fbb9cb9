package dev.logshipper.bench;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidates;
import dev.logshipper.bench.document.WrittenSection;
import dev.logshipper.bench.process.WorkFolder;
import dev.logshipper.bench.report.ExperimentTable;
import dev.logshipper.bench.report.Machine;
import dev.logshipper.bench.report.ResultTables;
import dev.logshipper.bench.report.WarmUpPicture;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Measurement;
import dev.logshipper.bench.result.RawResults;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.scenario.Experiment;
import dev.logshipper.bench.scenario.RunSettings;
import dev.logshipper.bench.scenario.Scenario;
import dev.logshipper.bench.scenario.WarmUp;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// `scripts/bench`: runs experiments and prints the results. Repetitions are interleaved, so that
/// other load on the machine affects all candidates alike.
public final class Bench {
  private static final int USAGE_ERROR = 2;
  private static final WrittenSection RESULTS = new WrittenSection("scripts/bench --readme");

  private final RunSettings settings;
  private final PrintStream out;
  private final PrintStream progress;
  private final Results results = new Results();
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
    if (line.contains("--help")) {
      System.out.print(Arguments.USAGE);
      return;
    }
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
      List<Candidate> candidates =
          Candidates.of(settings.layer(), settings.sinks(), settings.others(), work);
      out.println("Cells: " + ExperimentTable.LEGEND + ". Machine: " + machine.description() + ".");
      for (Scenario scenario : settings.scenarios()) {
        for (Experiment experiment : scenario.experiments(settings)) {
          repeat(experiment, candidates, raw);
          out.printf("%n**%s**%n%n", experiment.title());
          out.print(new ExperimentTable(experiment, candidates, results).table());
        }
      }
      writeTables(candidates, machine);
      drawWarmUp(target);
    } finally {
      WorkFolder.delete(work);
    }
    out.printf("%nEach value: %s%n", file);
    return !failed;
  }

  private void writeTables(List<Candidate> candidates, Machine machine) throws IOException {
    Path document = settings.document();
    if (document != null) {
      String tables = new ResultTables(candidates, results, settings, machine).text();
      Files.writeString(document, RESULTS.replace(Files.readString(document), tables));
    }
  }

  private void drawWarmUp(Path target) throws IOException {
    if (settings.scenarios().contains(Scenario.WARM_UP)) {
      String sink = settings.sinks().getFirst();
      List<Integer> sizes = settings.sizesOr(WarmUp.MEMORY_MEGABYTES);
      Path document = settings.document();
      Path folder = document == null ? target : document.resolveSibling("docs");
      Path picture = Files.createDirectories(folder).resolve("warm-up.svg");
      Files.writeString(picture, new WarmUpPicture(results, sink, sizes).draw());
      out.printf("%nPicture: %s%n", picture);
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
