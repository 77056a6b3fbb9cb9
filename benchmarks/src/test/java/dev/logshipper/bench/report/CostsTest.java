package dev.logshipper.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.process.FunctionProgram;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Measurement;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.scenario.ColdStart;
import dev.logshipper.bench.scenario.Experiment;
import dev.logshipper.bench.scenario.Start;
import dev.logshipper.bench.scenario.Volume;
import dev.logshipper.bundle.BundledSink;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// [CostTable] and [CostPicture].
class CostsTest {
  private final List<Candidate> candidates =
      List.of(
          candidate("no extension", Role.NONE),
          candidate("bare bash", Role.BASH_FLOOR),
          candidate("http", Role.LAYER),
          candidate("http, baseline", Role.BASELINE));
  private final Results results = new Results();

  @Test
  void tableHasOneColumnPerSinkAndTheFloor() {
    ColdStart node = new ColdStart(FunctionProgram.NODE, CpuLimit.NONE);
    add(node, "no extension", ColdStart.INIT, 100);
    add(node, "bare bash", ColdStart.INIT, 103);
    add(node, "http", ColdStart.INIT, 106);

    assertThat(new CostTable(candidates, results, new Machine(2, 0.5), 5).text())
        .contains("Medians of 5 interleaved runs on 2 cores")
        .contains("|  | bare bash | http |\n")
        .contains("| added to a Node function's init, 2 cores, ms | 3 | 6 |\n")
        .doesNotContain("CPU per MB");
  }

  @Test
  void pictureShowsTheLayerAboveTheOthersAtTheSameScale() {
    add(Volume.STANDARD, "http", Volume.CPU, 40);
    add(new Start(CpuLimit.NONE), "http, baseline", Start.READY, 57);

    String picture = new CostPicture(candidates, results).draw();

    assertThat(picture)
        .containsSubsequence(
            "CPU per MB of lines, ms", ">http<", ">40<", ">Rotel (protobuf, gzip)<")
        .contains(">Datadog<")
        .doesNotContain("baseline", "NaN");
  }

  private void add(Experiment experiment, String candidate, Figure figure, double value) {
    results.add(new Measurement(experiment.title(), candidate, 1, figure, value));
  }

  private static Candidate candidate(String name, Role role) {
    return new Candidate(name, role, null, BundledSink.named("http"), Map.of());
  }
}
