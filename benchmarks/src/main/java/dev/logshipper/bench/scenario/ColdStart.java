package dev.logshipper.bench.scenario;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.process.EnvironmentRun;
import dev.logshipper.bench.process.EnvironmentRunBuilder;
import dev.logshipper.bench.process.FunctionProgram;
import dev.logshipper.bench.process.WorkFolder;
import dev.logshipper.bench.result.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The cold start of a real function, from the start of its environment to the end of init.
public record ColdStart(FunctionProgram function, CpuLimit limit) implements Experiment {
  public static final Figure INIT = Figure.millis("init");

  public static final CpuLimit ONE_CORE = new CpuLimit(CpuLimit.ONE_CORE_MEGABYTES, true);
  public static final CpuLimit SMALL = new CpuLimit(FirstInvocation.COMPARED_MEGABYTES, true);

  /// The limits that this machine can impose: none, and, also in init, one core and the CPU of
  /// [FirstInvocation#COMPARED_MEGABYTES].
  public static List<CpuLimit> limits() {
    return CpuLimit.areCgroupsAvailable()
        ? List.of(CpuLimit.NONE, ONE_CORE, SMALL)
        : List.of(CpuLimit.NONE);
  }

  @Override
  public String title() {
    String skipped = function.isMissing() ? ": skipped, it is not on the PATH" : "";
    return "cold start of a %s function (%s)%s"
        .formatted(function.title(), limit.description(), skipped);
  }

  @Override
  public List<Figure> figures() {
    return List.of(INIT);
  }

  @Override
  public boolean appliesTo(Candidate candidate) {
    return !function.isMissing() && candidate.role() != Role.VARIANT;
  }

  @Override
  public Map<Figure, Double> measure(Candidate candidate) throws IOException, InterruptedException {
    Path folder = WorkFolder.temporary();
    List<String> command = function.command(folder);
    try (EnvironmentRun run =
        new EnvironmentRunBuilder(candidate)
            .limit(limit)
            .sandbox(sandbox -> sandbox.function(command, Map.of()))
            .start()) {
      return Map.of(INIT, run.sandbox().init().millis());
    } finally {
      WorkFolder.delete(folder);
    }
  }
}
