package dev.logshipper.bench.scenario;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.process.EnvironmentRun;
import dev.logshipper.bench.process.EnvironmentRunBuilder;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Statistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Twenty invocations back to back.
public record Steady(CpuLimit limit) implements Experiment {
  static final Figure HELD_FIRST = Figure.millis("held first");
  public static final Figure HELD = Figure.millis("held p50");
  public static final Figure HELD_MAX = Figure.millis("held max");
  public static final Figure REQUESTS = Figure.count("requests");
  public static final Figure CONNECTIONS = Figure.count("connections");
  public static final Figure KILOBYTES = new Figure("wire", "kB");
  static final Figure CPU_EACH = Figure.millis("CPU per invocation");
  public static final Figure CPU_TOTAL = Figure.millis("CPU whole run");

  /// Of the process that Lambda watches: all of it but the JVM.
  public static final Figure LAUNCHER = Figure.megabytes("launcher's PSS");

  public static final Figure LOST = Figure.count("lost of 200");
  public static final String AFTER = "at the end";

  private static final int INVOCATIONS = 20;
  private static final int LINES = 10;
  private static final int LINE_BYTES = 120;

  @Override
  public String title() {
    return "steady: 20 invocations × 10 lines × 120 B, plain HTTP (" + limit.description() + ")";
  }

  @Override
  public List<Figure> figures() {
    List<Figure> figures =
        new ArrayList<>(List.of(HELD_FIRST, HELD, HELD_MAX, REQUESTS, CONNECTIONS, KILOBYTES));
    figures.addAll(EnvironmentRun.memoryFigures(AFTER));
    figures.addAll(List.of(LAUNCHER, CPU_EACH, CPU_TOTAL, LOST));
    return figures;
  }

  @Override
  public boolean appliesTo(Candidate candidate) {
    return candidate.isInvoked();
  }

  @Override
  public Map<Figure, Double> measure(Candidate candidate) throws IOException, InterruptedException {
    Map<Figure, Double> values = new LinkedHashMap<>();
    try (EnvironmentRun run =
        new EnvironmentRunBuilder(candidate).limit(limit).writing(LINES, LINE_BYTES).start()) {
      run.invoke(1);
      double cpuAfterFirst = run.cost().cpuMillis();
      run.invoke(INVOCATIONS - 1);
      double cpuAfterLast = run.cost().cpuMillis();
      values.put(CPU_EACH, (cpuAfterLast - cpuAfterFirst) / (INVOCATIONS - 1));
      run.addMemory(values, AFTER);
      if (candidate.isLayer()) {
        values.put(LAUNCHER, run.extension().ownMemory().pssBytes() / 1e6);
      }
      addHeld(run.heldMillis(), values);
      run.shutdown();
      values.put(CPU_TOTAL, run.cost().cpuMillis());
      if (candidate.ships()) {
        addTraffic(run, values);
      }
    }
    return values;
  }

  private static void addHeld(List<Double> held, Map<Figure, Double> values) {
    List<Double> later = held.subList(1, held.size()).stream().sorted().toList();
    values.put(HELD_FIRST, held.getFirst());
    values.put(HELD, Statistics.quantile(later, 0.5));
    values.put(HELD_MAX, later.getLast());
  }

  private static void addTraffic(EnvironmentRun run, Map<Figure, Double> values) {
    values.put(REQUESTS, (double) run.destination().requests().size());
    values.put(CONNECTIONS, (double) run.destination().connections());
    values.put(KILOBYTES, run.destination().bytesReceived() / 1e3);
    run.lost().ifPresent(lost -> values.put(LOST, (double) lost));
  }
}
