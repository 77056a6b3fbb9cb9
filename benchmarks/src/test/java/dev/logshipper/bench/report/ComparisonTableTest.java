package dev.logshipper.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bench.Arguments;
import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.process.FunctionProgram;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Measurement;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.scenario.ArrivalPattern;
import dev.logshipper.bench.scenario.ColdStart;
import dev.logshipper.bench.scenario.Experiment;
import dev.logshipper.bench.scenario.Patterns;
import dev.logshipper.bench.scenario.Start;
import dev.logshipper.bench.scenario.Steady;
import dev.logshipper.bench.scenario.Volume;
import dev.logshipper.bundle.BundledSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
  private final List<Candidate> candidates =
      new ArrayList<>(
          List.of(
              candidate("no extension", Role.NONE, "http"),
              candidate("http", Role.LAYER, "http"),
              candidate("http, baseline", Role.BASELINE, "http"),
              candidate("kinesis", Role.LAYER, "kinesis"),
              candidate("kinesis, baseline", Role.BASELINE, "kinesis"),
              candidate("kinesis, gzip", Role.VARIANT, "kinesis")));
  private final Results results = new Results();

  @Test
  void showsTheRatioToTheBaseline() {
    Experiment start = new Start(CpuLimit.NONE);
    add(start, "http", Start.CPU_TO_DELIVERY, 150, 160, 170);
    add(start, "http, baseline", Start.CPU_TO_DELIVERY, 320);
    assertThat(table())
        .isEqualTo(
            """
            |  | baseline | now | ratio |
            | --- | --- | --- | --- |
            | http: CPU to first delivery, TLS, ms | 320 | 160 | 0.50 |
            """);
  }

  @Test
  void comparesWhatIsAddedToAnInitWithoutAnExtension() {
    Experiment cold = new ColdStart(FunctionProgram.NODE, CpuLimit.NONE);
    add(cold, "no extension", ColdStart.INIT, 100);
    add(cold, "http", ColdStart.INIT, 110);
    add(cold, "http, baseline", ColdStart.INIT, 140);
    assertThat(table())
        .contains("| http: added to a Node function's init, all cores, ms | 40 | 10 | 0.25 |\n");
  }

  @Test
  void nothingAndNegativeDifferencesHaveNoRatio() {
    Experiment start = new Start(CpuLimit.NONE);
    candidates.add(candidate("bare bash", Role.BASH_FLOOR, "http"));
    add(start, "bare bash", Start.REGISTER, 4);
    add(start, "http", Start.REGISTER, 3);
    add(start, "http, baseline", Start.REGISTER, 6);
    add(Volume.STANDARD, "http", Volume.LOST, 0);
    add(Volume.STANDARD, "http, baseline", Volume.LOST, 0);
    assertThat(table())
        .contains("| http: registered, later than bare bash, ms | 2 | -1 | – |\n")
        .contains("| http: lost of 90,000 lines | 0 | 0 | – |\n");
  }

  @Test
  void comparesCompressedRecordsWithTheBaselinesOwn() {
    add(Volume.STANDARD, "kinesis, baseline", Volume.CPU, 200);
    add(Volume.STANDARD, "kinesis, gzip", Volume.CPU, 50);
    assertThat(table())
        .contains("| kinesis: CPU per MB of lines, 18 MB, ms | 200 | – | – |\n")
        .contains("| kinesis, gzip: CPU per MB of lines, 18 MB, ms | 200 | 50 | 0.25 |\n");
  }

  @Test
  void joinsTheFiguresOfAPattern() {
    Experiment bursts = new Patterns(ArrivalPattern.BURSTS);
    add(bursts, "http", Patterns.HELD, 8);
    add(bursts, "http", Patterns.LOST, 0);
    add(bursts, "http, baseline", Patterns.HELD, 16);
    add(bursts, "http, baseline", Patterns.LOST, 0);
    assertThat(table()).contains("| 16 / – / – / 0 | 8 / – / – / 0 | 0.50 / – / – / – |\n");
  }

  @Test
  void otherExtensionsHaveColumns() {
    candidates.add(candidate("theirs", Role.OTHER, "http"));
    add(new Steady(CpuLimit.NONE), "theirs", Steady.HELD, 980);
    add(new Steady(CpuLimit.NONE), "http", Steady.HELD, 1);
    assertThat(table())
        .contains("|  | baseline | now | ratio | theirs |\n")
        .contains("| http: held in steady traffic, median, ms | – | 1 | – | 980 |\n");
  }

  private String table() {
    return new ComparisonTable(
            candidates, results, Arguments.parse(List.of("compare"), Path.of("/")))
        .table()
        .toString();
  }

  private void add(Experiment experiment, String candidate, Figure figure, double... values) {
    for (double value : values) {
      results.add(new Measurement(experiment.title(), candidate, 1, figure, value));
    }
  }

  private static Candidate candidate(String name, Role role, String sink) {
    return new Candidate(name, role, Path.of("/"), BundledSink.named(sink), Map.of());
  }
}
