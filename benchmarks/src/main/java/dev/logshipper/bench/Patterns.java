package dev.logshipper.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// One pattern of arrivals: how long its invocations are held, and how old lines are when they are
/// stored, frozen time included.
record Patterns(ArrivalPattern pattern) implements Experiment {
  static final Figure HELD = Figure.millis("held mean");
  static final Figure STALENESS = new Figure("staleness p99", "s");
  static final Figure REQUESTS = Figure.count("requests per invocation");
  static final Figure LOST = Figure.count("lines lost");

  private static final int LINES = 10;
  private static final int LINE_BYTES = 120;
  private static final int SHARE_OF_REPETITIONS = 3;

  @Override
  public String title() {
    return "pattern: " + pattern.title() + ", 10 lines each";
  }

  @Override
  public List<Figure> figures() {
    return List.of(HELD, STALENESS, REQUESTS, LOST);
  }

  @Override
  public boolean suits(Candidate candidate) {
    return candidate.ships();
  }

  @Override
  public int repetitions(int asked) {
    return Math.max(1, asked / SHARE_OF_REPETITIONS);
  }

  @Override
  public Map<Figure, Double> measure(Candidate candidate) throws IOException, InterruptedException {
    Map<Figure, Double> values = new LinkedHashMap<>();
    try (EnvironmentRun run =
        new EnvironmentRunBuilder(candidate).writing(LINES, LINE_BYTES).start()) {
      Arrivals arrivals = Arrivals.at(run.destination(), pattern.sendTime());
      pattern.run(run);
      run.shutdown();
      int requests = run.destination().requests().size();
      values.put(
          HELD,
          run.heldMillis().stream().mapToDouble(Double::doubleValue).sum() / pattern.invocations());
      values.put(REQUESTS, requests / (double) pattern.invocations());
      List<Double> staleness = staleness(run.lines(), arrivals);
      if (!staleness.isEmpty()) {
        values.put(STALENESS, Statistics.quantile(staleness, 0.99));
      }
      values.put(LOST, (double) run.lines().written() - arrivals.count());
    }
    return values;
  }

  /// Of all lines that arrived, in seconds, sorted.
  private static List<Double> staleness(NumberedLines lines, Arrivals arrivals) {
    List<Double> seconds = new ArrayList<>();
    for (int number = 0; number < lines.written(); number++) {
      OptionalLong stored = arrivals.storedNanos(number);
      if (stored.isPresent()) {
        seconds.add((stored.getAsLong() - lines.writtenNanos(number)) / 1e9);
      }
    }
    return seconds.stream().sorted().toList();
  }
}
