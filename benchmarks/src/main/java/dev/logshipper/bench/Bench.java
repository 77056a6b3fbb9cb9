package dev.logshipper.bench;

import dev.logshipper.bench.report.WrittenSection;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// `scripts/bench`: runs experiments and prints what came of them. Repetitions are interleaved, so
/// that what the machine does beside them meets all candidates alike.
public final class Bench {
  private static final int WRONG_USAGE = 2;
  private static final WrittenSection RESULTS = new WrittenSection("scripts/bench --readme");

  private final Settings settings;
  private final PrintStream out;
  private final PrintStream progress;
  private final Results results = new Results();
  private boolean failed;

  private Bench(Settings settings, PrintStream out, PrintStream progress) {
    this.settings = settings;
    this.out = out;
    this.progress = progress;
  }

  /// Exits with 0, with 1 when a measurement failed, with 2 for a command line that is not
  /// understood.
  ///
  /// @param words the root of the repository, and the command line
  public static void main(String[] words) throws IOException, InterruptedException {
    List<String> line = List.of(words).subList(1, words.length);
    if (line.contains("--help")) {
      System.out.print(Arguments.USAGE);
      return;
    }
    Settings settings;
    try {
      settings = Arguments.parse(line, Path.of(words[0]).toAbsolutePath());
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "; see scripts/bench --help");
      System.exit(WRONG_USAGE);
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
      List<Candidate> candidates = Candidates.of(settings, work);
      out.println("Cells: " + Report.LEGEND + ". Machine: " + machine.words() + ".");
      for (Scenario scenario : settings.scenarios()) {
        for (Experiment experiment : scenario.experiments(settings)) {
          repeat(experiment, candidates, raw);
          out.printf("%n**%s**%n%n", experiment.title());
          out.print(new Report(experiment, candidates, results).table());
        }
      }
      writeReadme(candidates, machine);
      drawWarmUp(target);
    } finally {
      WorkFolder.delete(work);
    }
    out.printf("%nEach value: %s%n", file);
    return !failed;
  }

  private void writeReadme(List<Candidate> candidates, Machine machine) throws IOException {
    Path readme = settings.readme();
    if (readme != null) {
      String part = new ReadmeTables(candidates, results, settings, machine).text();
      Files.writeString(readme, RESULTS.replace(Files.readString(readme), part));
    }
  }

  private void drawWarmUp(Path target) throws IOException {
    if (settings.scenarios().contains(Scenario.WARM_UP)) {
      String sink = settings.sinks().getFirst();
      List<Integer> sizes = settings.sizesOr(WarmUp.MEGABYTES);
      Path readme = settings.readme();
      Path folder = readme == null ? target : readme.resolveSibling("benchmarks/docs");
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
        if (experiment.suits(candidate)) {
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
