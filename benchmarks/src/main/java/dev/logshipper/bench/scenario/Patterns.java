package dev.logshipper.bench.scenario;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.process.EnvironmentRun;
import dev.logshipper.bench.process.EnvironmentRunBuilder;
import dev.logshipper.bench.process.NumberedLines;
import dev.logshipper.bench.process.StoredLines;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Statistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One arrival pattern: held time, and the staleness of lines when they are stored, frozen time
/// included.
///
/// @param sink the layer's only sink to measure; null for all
public record Patterns(ArrivalPattern pattern, @Nullable String sink) implements Experiment {
  public static final Figure HELD = Figure.millis("held mean");
  public static final Figure STALENESS = new Figure("staleness p99", "s");
  public static final Figure REQUESTS = Figure.count("requests per invocation");
  public static final Figure LOST = Figure.count("lines lost");

  private static final int LINES = 10;
  private static final int LINE_BYTES = 120;
  private static final int SHARE_OF_REPETITIONS = 3;

  public Patterns(ArrivalPattern pattern) {
    this(pattern, null);
  }

  @Override
  public String title() {
    return "pattern: " + pattern.title() + ", 10 lines each";
  }

  @Override
  public List<Figure> figures() {
    return List.of(HELD, STALENESS, REQUESTS, LOST);
  }

  @Override
  public boolean appliesTo(Candidate candidate) {
    boolean isMeasured = sink == null || candidate.sink().mode().equals(sink);
    return candidate.role() == Role.OTHER
        || (candidate.is(Role.LAYER, Role.BASELINE) && isMeasured);
  }

  @Override
  public int repetitions(int requested) {
    return Math.max(1, requested / SHARE_OF_REPETITIONS);
  }

  @Override
  public Map<Figure, Double> measure(Candidate candidate) throws IOException, InterruptedException {
    Map<Figure, Double> values = new LinkedHashMap<>();
    try (EnvironmentRun run =
        new EnvironmentRunBuilder(candidate).writing(LINES, LINE_BYTES).start()) {
      StoredLines storedLines = StoredLines.at(run.destination(), pattern.sendTime());
      pattern.run(run);
      run.shutdown();
      int requests = run.destination().requests().size();
      values.put(
          HELD,
          run.heldMillis().stream().mapToDouble(Double::doubleValue).sum() / pattern.invocations());
      values.put(REQUESTS, requests / (double) pattern.invocations());
      List<Double> staleness = staleness(run.lines(), storedLines);
      if (!staleness.isEmpty()) {
        values.put(STALENESS, Statistics.quantile(staleness, 0.99));
      }
      values.put(LOST, (double) run.lines().written() - storedLines.count());
    }
    return values;
  }

  /// In seconds, ascending, of all stored lines.
  private static List<Double> staleness(NumberedLines lines, StoredLines storedLines) {
    List<Double> seconds = new ArrayList<>();
    for (int number = 0; number < lines.written(); number++) {
      OptionalLong stored = storedLines.storedNanos(number);
      if (stored.isPresent()) {
        seconds.add((stored.getAsLong() - lines.writtenNanos(number)) / 1e9);
      }
    }
    return seconds.stream().sorted().toList();
  }
}
