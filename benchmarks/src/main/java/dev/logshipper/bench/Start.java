package dev.logshipper.bench;

import dev.logshipper.sandbox.environment.ExtensionCost;
import dev.logshipper.sandbox.environment.process.MemoryUse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Init, and the first invocation: until its ten lines are at a destination that speaks TLS.
record Start(CpuLimit limit) implements Experiment {
  static final Figure REGISTER = Figure.millis("register");
  static final Figure READY = Figure.millis("ready");
  static final Figure CPU_TO_READY = Figure.millis("CPU to ready");
  static final Figure FIRST_DELIVERY = Figure.millis("first delivery");
  static final Figure CPU_TO_DELIVERY = Figure.millis("CPU to first delivery");
  static final String IDLE = "ready";

  private static final int LINES = 10;
  private static final int LINE_BYTES = 120;

  @Override
  public String title() {
    return "start (" + limit.words() + ")";
  }

  @Override
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>(List.of(REGISTER, READY, CPU_TO_READY));
    figures.addAll(EnvironmentRun.memoryFigures(IDLE));
    figures.addAll(List.of(FIRST_DELIVERY, CPU_TO_DELIVERY));
    return figures;
  }

  @Override
  public boolean suits(Candidate candidate) {
    return candidate.lives();
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

  /// Who has not delivered when the invocation ends is frozen then, and has no such figure.
  private static void deliver(EnvironmentRun run, Map<Figure, Double> values)
      throws InterruptedException {
    Arrivals arrivals = Arrivals.at(run.destination(), Duration.ZERO);
    long beginNanos = System.nanoTime();
    run.invoke(1);
    if (arrivals.count() == LINES) {
      long deliveredNanos = arrivals.lastNanos().orElseThrow() - beginNanos;
      values.put(FIRST_DELIVERY, deliveredNanos / 1e6);
      values.put(CPU_TO_DELIVERY, run.cost().cpuMillis());
    }
  }
}
