package dev.logshipper.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What an extension adds to the cold start of a real function: from the start of its environment
/// to the end of init, with it and without.
record ColdStart(FunctionProgram function, CpuLimit limit) implements Experiment {
  static final Figure INIT = Figure.millis("init");

  @Override
  public String title() {
    String skipped = isMissing() ? ": skipped, it is not on the PATH" : "";
    return "cold start of a %s function (%s)%s".formatted(function.title(), limit.words(), skipped);
  }

  @Override
  public List<Figure> figures() {
    return List.of(INIT);
  }

  @Override
  public boolean suits(Candidate candidate) {
    return !isMissing();
  }

  private boolean isMissing() {
    try {
      return function.program().isEmpty();
    } catch (IOException _) {
      return true;
    }
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
