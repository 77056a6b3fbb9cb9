package dev.logshipper.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Measurement;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.scenario.Experiment;
import dev.logshipper.bench.scenario.Start;
import dev.logshipper.bundle.BundledSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExperimentTableTest {
  private static final Experiment EXPERIMENT = new Start(CpuLimit.NONE);

  private final Candidate bash = candidate("bash", Role.BASH_FLOOR);
  private final Candidate jvm = candidate("jvm", Role.JVM_FLOOR);
  private final Candidate layer = candidate("http", Role.LAYER);
  private final Results results = new Results();

  @Test
  void comparesEachFigureWithTheBaselinesOfTheSameRun() {
    add(bash, Start.READY, 5);
    add(jvm, Start.READY, 40);
    add(layer, Start.READY, 50, 60, 70);
    assertThat(table())
        .isEqualTo(
            """
            |  | ready ms |
            | --- | --- |
            | bash | 5 |
            | jvm | 40 |
            | http | 60 (55–65) · +55 · ×1.50 |
            """);
  }

  @Test
  void missingFiguresAreDashes() {
    add(jvm, Start.READY, 40);
    add(layer, Start.FIRST_DELIVERY, 12.345);
    assertThat(table())
        .contains("|  | ready ms | first delivery ms |")
        .contains("| bash | – | – |")
        .contains("| http | – | 12.3 |");
  }

  private String table() {
    return new ExperimentTable(EXPERIMENT, List.of(bash, jvm, layer), results).table();
  }

  private void add(Candidate candidate, Figure figure, double... values) {
    for (double value : values) {
      results.add(new Measurement(EXPERIMENT.title(), candidate.name(), 1, figure, value));
    }
  }

  private static Candidate candidate(String name, Role role) {
    return new Candidate(name, role, Path.of("/"), BundledSink.named("http"), Map.of());
  }
}
