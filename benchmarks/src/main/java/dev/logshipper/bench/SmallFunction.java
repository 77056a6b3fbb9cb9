package dev.logshipper.bench;

import dev.logshipper.bench.Candidate.Role;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Node function with an extension beside it in a control group of 128 MB: whether anything is
/// killed, and whether every line arrives.
///
/// @param parent the group to make that one in; null where none is known
record SmallFunction(@Nullable Path parent, String absence) implements Experiment {
  static final Figure FAILED = Figure.count("failed invocations");
  static final Figure LOST = Figure.count("lines lost");
  static final Figure CHARGED = Figure.megabytes("most memory charged");

  private static final long LIMIT_BYTES = 128L << 20;
  private static final int INVOCATIONS = 1_000;
  private static final int LINES = 10;

  /// @param given the group that the user named, if any
  static SmallFunction in(@Nullable Path given) {
    try {
      return new SmallFunction(given == null ? CgroupParent.of("memory") : given, "");
    } catch (IOException e) {
      return new SmallFunction(null, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String title() {
    String skipped = parent == null ? ": skipped, " + absence + " (see --memory-cgroup)" : "";
    return "a Node function in a memory cgroup of 128 MB, 1,000 invocations × 10 lines" + skipped;
  }

  @Override
  public List<Figure> figures() {
    return List.of(FAILED, LOST, CHARGED);
  }

  @Override
  public boolean suits(Candidate candidate) {
    return parent != null && (candidate.ships() || candidate.role() == Role.NONE);
  }

  @Override
  public int repetitions(int asked) {
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
        values.put(CHARGED, group.peakBytes() / 1e6);
        if (candidate.ships()) {
          values.put(LOST, (double) INVOCATIONS * LINES - stored(run.destination().lines()));
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

  private static int stored(List<String> lines) {
    Set<Integer> numbers = new HashSet<>();
    lines.forEach(line -> NumberedLines.numbers(line).forEach(numbers::add));
    return numbers.size();
  }
}
