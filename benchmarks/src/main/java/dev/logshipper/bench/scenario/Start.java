package dev.logshipper.bench.scenario;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.process.EnvironmentRun;
import dev.logshipper.bench.process.EnvironmentRunBuilder;
import dev.logshipper.bench.process.StoredLines;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.sandbox.environment.ExtensionCost;
import dev.logshipper.sandbox.environment.process.MemoryUse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Init and the first invocation, until its ten lines are stored at a destination with TLS.
public record Start(CpuLimit limit) implements Experiment {
  public static final Figure REGISTER = Figure.millis("register");
  public static final Figure READY = Figure.millis("ready");
  public static final Figure CPU_TO_READY = Figure.millis("CPU to ready");
  public static final Figure FIRST_DELIVERY = Figure.millis("first delivery");
  public static final Figure CPU_TO_DELIVERY = Figure.millis("CPU to first delivery");
  public static final String IDLE = "ready";

  private static final int LINES = 10;
  private static final int LINE_BYTES = 120;

  @Override
  public String title() {
    return "start (" + limit.description() + ")";
  }

  @Override
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>(List.of(REGISTER, READY, CPU_TO_READY));
    figures.addAll(EnvironmentRun.memoryFigures(IDLE));
    figures.addAll(List.of(FIRST_DELIVERY, CPU_TO_DELIVERY));
    return figures;
  }

  @Override
  public boolean appliesTo(Candidate candidate) {
    return candidate.isInvoked();
  }

  @Override
  public Map<Figure, Double> measure(Candidate candidate) throws IOException, InterruptedException {
    EnvironmentRunBuilder builder =
        new EnvironmentRunBuilder(candidate).limit(limit).writing(LINES, LINE_BYTES);
    if (candidate.ships()) {
      builder.tls().flushingAtEnd();
    }
    Map<Figure, Double> values = new LinkedHashMap<>();
    try (EnvironmentRun run = builder.start()) {
      ExtensionCost cost = run.cost();
      cost.registerMillis().ifPresent(millis -> values.put(REGISTER, millis));
      cost.readyMillis().ifPresent(millis -> values.put(READY, millis));
      values.put(CPU_TO_READY, cost.cpuToReadyMillis());
      MemoryUse memory = cost.memoryAtReady();
      if (memory != null) {
        EnvironmentRun.addMemory(values, IDLE, memory);
      }
      if (candidate.ships()) {
        deliver(run, values);
      }
    }
    return values;
  }

  /// A candidate that has not delivered by the end of the invocation is frozen and has no figure.
  private static void deliver(EnvironmentRun run, Map<Figure, Double> values)
      throws InterruptedException {
    StoredLines stored = StoredLines.at(run.destination(), Duration.ZERO);
    long beginNanos = System.nanoTime();
    run.invoke(1);
    if (stored.count() == LINES) {
      long deliveredNanos = stored.lastNanos().orElseThrow() - beginNanos;
      values.put(FIRST_DELIVERY, deliveredNanos / 1e6);
      values.put(CPU_TO_DELIVERY, run.cost().cpuMillis());
    }
  }
}
