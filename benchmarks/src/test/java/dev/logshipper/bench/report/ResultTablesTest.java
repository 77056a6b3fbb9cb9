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
import dev.logshipper.bench.scenario.ColdStart;
import dev.logshipper.bench.scenario.Experiment;
import dev.logshipper.bench.scenario.RunSettings;
import dev.logshipper.bench.scenario.Steady;
import dev.logshipper.bundle.BundledSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTablesTest {
  private final List<Candidate> candidates =
      List.of(candidate("no extension", Role.NONE), candidate("http", Role.LAYER));
  private final Results results = new Results();

  @Test
  void showsFiguresOfOtherExtensionsToo() {
    Steady steady = new Steady(CpuLimit.NONE);
    add(steady, "http", Steady.HELD, 1.5);
    add(steady, "http", Steady.HELD_MAX, 30);
    assertThat(text("steady"))
        .contains("| http | 1.50 / 30 | – | – | – | – | – |\n")
        .contains("| *Datadog* | 5.6 / 10 | 20 / 20 | – | 18.5 | 40 | 0, once 9 |\n");
  }

  @Test
  void coldStartIsTheDifferenceToTheFunctionAlone() {
    ColdStart node = new ColdStart(FunctionProgram.NODE, CpuLimit.NONE);
    add(node, "no extension", ColdStart.INIT, 100);
    add(node, "http", ColdStart.INIT, 112);
    assertThat(text("cold-start")).contains("| http | 12 | – | – | – | – | – |\n");
  }

  @Test
  void candidatesWithoutFiguresHaveNoRow() {
    assertThat(text("steady")).doesNotContain("| http |");
  }

  @Test
  void describesTheMachine() {
    assertThat(text("start"))
        .contains("9 interleaved repetitions on 2 cores with a load of 0.50 before the run");
  }

  @Test
  void omitsScenariosThatWereNotMeasured() {
    assertThat(text("start")).contains("register ms").doesNotContain("lost of");
  }

  @Test
  void peersHaveTheSameColumnsAsTheirTable() {
    assertThat(text("start", "cold-start", "steady", "volume", "patterns", "size", "memory"))
        .contains("*Axiom*", "*Rotel (protobuf, gzip)*", "every 50 ms");
  }

  private String text(String... words) {
    RunSettings settings = Arguments.parse(List.of(words), Path.of("/"));
    return new ResultTables(candidates, results, settings, new Machine(2, 0.5)).text();
  }

  private void add(Experiment experiment, String candidate, Figure figure, double value) {
    results.add(new Measurement(experiment.title(), candidate, 1, figure, value));
  }

  private static Candidate candidate(String name, Role role) {
    return new Candidate(name, role, null, BundledSink.named("http"), Map.of());
  }
}
