package dev.logshipper.bench;

import dev.logshipper.bench.Candidate.Role;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A function of some memory with and without a warm-up of its sink: what init takes, and how long
/// the first invocation is held for its ten lines to be at a destination that speaks TLS.
///
/// @param longestMillis `PUSHER_WARM_UP_MS`
record WarmUp(CpuLimit limit, int longestMillis) implements Experiment {
  static final List<Integer> MEGABYTES = List.of(128, 256, 512, 1_024, 1_769);

  /// What core takes where it warms up by default.
  static final int LONGEST_MILLIS = 500;

  static final Figure INIT = Figure.millis("init");
  static final Figure HELD = Figure.millis("first invocation held");

  private static final int LINES = 10;
  private static final int LINE_BYTES = 120;

  @Override
  public String title() {
    String what = longestMillis == 0 ? "no warm-up" : "warm-up of up to " + longestMillis + " ms";
    return what + " (" + limit.words() + ")";
  }

  @Override
  public List<Figure> figures() {
    return List.of(INIT, HELD);
  }

  @Override
  public boolean suits(Candidate candidate) {
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
            .sandbox(sandbox ->
                sandbox.environment("PUSHER_WARM_UP_MS", Integer.toString(longestMillis)));
    try (EnvironmentRun run = builder.start()) {
      run.invoke(1);
      return Map.of(INIT, run.sandbox().init().millis(), HELD, run.heldMillis().getFirst());
    }
  }
}
