package dev.logshipper.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bench.Candidate.Role;
import dev.logshipper.bundle.BundledSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Experiment EXPERIMENT = new Start(CpuLimit.NONE);

  private final Candidate bash = candidate("bash", Role.BASH_FLOOR);
  private final Candidate jvm = candidate("jvm", Role.JVM_FLOOR);
  private final Candidate ours = candidate("ours", Role.LAYER);
  private final Results results = new Results();

  @Test
  void eachFigureStandsBesideTheBaselinesOfTheSameRun() {
    add(bash, Start.READY, 5);
    add(jvm, Start.READY, 40);
    add(ours, Start.READY, 50, 60, 70);
    assertThat(table())
        .isEqualTo(
            """
            |  | ready ms |
            | --- | --- |
            | bash | 5 |
            | jvm | 40 |
            | ours | 60 (55–65) · +55 · ×1.50 |
            """);
  }

  @Test
  void whatACandidateDoesNotHaveIsADash() {
    add(jvm, Start.READY, 40);
    add(ours, Start.FIRST_DELIVERY, 12.345);
    assertThat(table())
        .contains("|  | ready ms | first delivery ms |")
        .contains("| bash | – | – |")
        .contains("| ours | – | 12.3 |");
  }

  private String table() {
    return new Report(EXPERIMENT, List.of(bash, jvm, ours), results).table();
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
