package dev.logshipper.bench.scenario;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.process.EnvironmentRun;
import dev.logshipper.bench.process.EnvironmentRunBuilder;
import dev.logshipper.bench.process.NumberedLines;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Statistics;
import dev.logshipper.sandbox.destination.Destination;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A destination that rejects connections from the start: ten invocations with few lines, then 20
/// MB of lines.
record Outage() implements Experiment {
  static final Figure HELD_FIRST = Figure.millis("held first");
  static final Figure HELD = Figure.millis("held p50");
  static final Figure HELD_MAX = Figure.millis("held max");
  static final String AFTER = "at the end";

  private static final int QUIET_INVOCATIONS = 10;
  private static final int QUIET_LINES = 10;
  private static final int LOUD_INVOCATIONS = 34;
  private static final int LOUD_LINES = 3_000;
  private static final int LINE_BYTES = 200;

  @Override
  public String title() {
    return "outage: connections refused, 10 invocations × 10 lines, then 20 MB of lines";
  }

  @Override
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>(List.of(HELD_FIRST, HELD, HELD_MAX));
    figures.addAll(EnvironmentRun.memoryFigures(AFTER));
    return figures;
  }

  @Override
  public boolean appliesTo(Candidate candidate) {
    return candidate.is(Role.LAYER, Role.OTHER, Role.JVM_FLOOR);
  }

  @Override
  public Map<Figure, Double> measure(Candidate candidate) throws IOException, InterruptedException {
    Map<Figure, Double> values = new LinkedHashMap<>();
    try (EnvironmentRun run =
        new EnvironmentRunBuilder(candidate)
            .destination(Destination::refuseConnections)
            .work((invocation, lines) -> lines.write(invocation, count(lines), LINE_BYTES))
            .start()) {
      run.invoke(QUIET_INVOCATIONS);
      List<Double> held = run.heldMillis();
      List<Double> later = held.subList(1, held.size()).stream().sorted().toList();
      values.put(HELD_FIRST, held.getFirst());
      values.put(HELD, Statistics.quantile(later, 0.5));
      values.put(HELD_MAX, later.getLast());
      run.invoke(LOUD_INVOCATIONS);
      run.addMemory(values, AFTER);
    }
    return values;
  }

  private static int count(NumberedLines lines) {
    return lines.written() < QUIET_INVOCATIONS * QUIET_LINES ? QUIET_LINES : LOUD_LINES;
  }
}
