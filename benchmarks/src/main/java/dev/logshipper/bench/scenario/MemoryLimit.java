package dev.logshipper.bench.scenario;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.process.Cgroup;
import dev.logshipper.bench.process.CgroupParent;
import dev.logshipper.bench.process.EnvironmentRun;
import dev.logshipper.bench.process.EnvironmentRunBuilder;
import dev.logshipper.bench.process.FunctionProgram;
import dev.logshipper.bench.process.NumberedLines;
import dev.logshipper.bench.process.WorkFolder;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Node function with an extension in a memory cgroup of 128 MB: failed invocations and lost
/// lines.
///
/// @param parent the parent group; null if there is none
/// @param absence the reason for that
record MemoryLimit(@Nullable Path parent, String absence) implements Experiment {
  static final Figure FAILED = Figure.count("failed invocations");
  static final Figure LOST = Figure.count("lines lost");
  static final Figure PEAK = Figure.megabytes("peak memory charged");

  private static final long LIMIT_BYTES = 128L << 20;
  private static final int INVOCATIONS = 1_000;
  private static final int LINES = 10;

  /// Creates the experiment.
  ///
  /// @param given the parent group named by the user, if any
  static MemoryLimit in(@Nullable Path given) {
    try {
      return new MemoryLimit(given == null ? CgroupParent.of("memory") : given, "");
    } catch (IOException e) {
      return new MemoryLimit(null, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String title() {
    String skipped = parent == null ? ": skipped, " + absence + " (see --memory-cgroup)" : "";
    return "a Node function in a memory cgroup of 128 MB, 1,000 invocations × 10 lines" + skipped;
  }

  @Override
  public List<Figure> figures() {
    return List.of(FAILED, LOST, PEAK);
  }

  @Override
  public boolean appliesTo(Candidate candidate) {
    return parent != null && candidate.is(Role.LAYER, Role.OTHER, Role.NONE);
  }

  @Override
  public int repetitions(int requested) {
    return 1;
  }

  @Override
  public Map<Figure, Double> measure(Candidate candidate) throws IOException, InterruptedException {
    if (parent == null) {
      throw new IllegalStateException(absence);
    }
    Path folder = WorkFolder.temporary();
    List<String> command = FunctionProgram.NODE.command(folder);
    String name = "log-shipper-bench-memory-" + ProcessHandle.current().pid();
    try (Cgroup group = Cgroup.in(parent, "memory", name)) {
      group.limitMemory(LIMIT_BYTES);
      Map<String, String> variables = Map.of("BENCH_LINES", Integer.toString(LINES));
      try (EnvironmentRun run =
          new EnvironmentRunBuilder(candidate)
              .sandbox(sandbox ->
                  sandbox.memoryMegabytes(128).function(command, variables).onProcess(group::add))
              .start()) {
        Map<Figure, Double> values = new LinkedHashMap<>();
        values.put(FAILED, (double) failures(run.sandbox()));
        run.shutdown();
        values.put(PEAK, group.peakBytes() / 1e6);
        if (candidate.ships()) {
          values.put(
              LOST, (double) INVOCATIONS * LINES - NumberedLines.count(run.destination().lines()));
        }
        return values;
      }
    } finally {
      WorkFolder.delete(folder);
    }
  }

  private static int failures(Sandbox sandbox) throws InterruptedException {
    int failures = 0;
    for (int i = 0; i < INVOCATIONS; i++) {
      InvocationOutcome outcome = sandbox.invoke("{}");
      failures += outcome.succeeded() ? 0 : 1;
    }
    return failures;
  }
}
