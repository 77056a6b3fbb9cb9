package dev.logshipper.bench.scenario;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.process.EnvironmentRun;
import dev.logshipper.bench.process.EnvironmentRunBuilder;
import dev.logshipper.bench.result.Figure;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A cold start with and without a warm-up of the sink: the duration of init, and how long the
/// first invocation is held until its ten lines are stored at a destination with TLS.
///
/// @param millisMax `PUSHER_WARM_UP_MS`
public record WarmUp(CpuLimit limit, int millisMax) implements Experiment {
  public static final List<Integer> MEMORY_MEGABYTES = List.of(128, 256, 512, 1_024, 1_769);

  /// Core's default where it warms up.
  public static final int MILLIS_MAX = 500;

  public static final Figure INIT = Figure.millis("init");
  public static final Figure HELD = Figure.millis("first invocation held");

  private static final int LINES = 10;
  private static final int LINE_BYTES = 120;

  @Override
  public String title() {
    String warmUp = millisMax == 0 ? "no warm-up" : "warm-up of up to " + millisMax + " ms";
    return warmUp + " (" + limit.description() + ")";
  }

  @Override
  public List<Figure> figures() {
    return List.of(INIT, HELD);
  }

  @Override
  public boolean appliesTo(Candidate candidate) {
    return candidate.role() == Role.LAYER;
  }

  @Override
  public Map<Figure, Double> measure(Candidate candidate) throws IOException, InterruptedException {
    EnvironmentRunBuilder builder =
        new EnvironmentRunBuilder(candidate)
            .limit(limit)
            .writing(LINES, LINE_BYTES)
            .tls()
            .flushingAtEnd()
            .sandbox(
                sandbox -> sandbox.environment("PUSHER_WARM_UP_MS", Integer.toString(millisMax)));
    try (EnvironmentRun run = builder.start()) {
      run.invoke(1);
      return Map.of(INIT, run.sandbox().init().millis(), HELD, run.heldMillis().getFirst());
    }
  }
}
