package dev.logshipper.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Many lines: 0.6 MB an invocation, compressed where that is a setting, over TLS.
///
/// @param invocations an even number
record Volume(int invocations) implements Experiment {
  static final Volume USUAL = new Volume(30);
  static final Volume LASTING = new Volume(334);

  static final Figure CPU = new Figure("CPU, whole life", "ms per MB that arrived");
  static final Figure WARM_CPU = new Figure("CPU, second half", "ms per MB that arrived");
  static final Figure REQUESTS = Figure.count("requests");
  static final Figure WIRE = Figure.megabytes("wire");
  static final Figure PEAK = Figure.megabytes("peak PSS");
  static final Figure END = Figure.megabytes("PSS at the end");
  static final Figure ANONYMOUS = Figure.megabytes("anonymous at the end");
  static final Figure LOST = Figure.count("lost");
  static final Figure DROPPED = Figure.count("of these dropped by the platform");

  private static final int LINES = 3_000;
  private static final int LINE_BYTES = 200;

  @Override
  public String title() {
    return "volume: %d invocations × 3,000 lines × 200 B = %.0f MB of lines, TLS, gzip where it is a setting"
        .formatted(invocations, megabytes());
  }

  private double megabytes() {
    return invocations * LINES * LINE_BYTES / 1e6;
  }

  @Override
  public List<Figure> figures() {
    return List.of(CPU, WARM_CPU, REQUESTS, WIRE, PEAK, END, ANONYMOUS, LOST, DROPPED);
  }

  @Override
  public boolean suits(Candidate candidate) {
    return candidate.ships() || candidate.role() == Candidate.Role.JVM_FLOOR;
  }

  @Override
  public Map<Figure, Double> measure(Candidate candidate) throws IOException, InterruptedException {
    EnvironmentRunBuilder builder =
        new EnvironmentRunBuilder(candidate).compressed().writing(LINES, LINE_BYTES);
    if (candidate.ships()) {
      builder.tls();
    }
    Map<Figure, Double> values = new LinkedHashMap<>();
    try (EnvironmentRun run = builder.start()) {
      long peakBytes = invoke(run);
      double middleMillis = run.cost().cpuMillis();
      double middleMegabytes = arrived(candidate, run);
      peakBytes = Math.max(peakBytes, invoke(run));
      double endMillis = run.cost().cpuMillis();
      values.put(
          WARM_CPU, (endMillis - middleMillis) / (arrived(candidate, run) - middleMegabytes));
      values.put(PEAK, peakBytes / 1e6);
      values.put(END, run.extension().memory().pssBytes() / 1e6);
      values.put(ANONYMOUS, run.extension().memory().anonymousBytes() / 1e6);
      run.shutdown();
      values.put(CPU, run.cost().cpuMillis() / arrived(candidate, run));
      if (candidate.ships()) {
        values.put(REQUESTS, (double) run.destination().requests().size());
        values.put(WIRE, run.destination().bytesReceived() / 1e6);
        run.lost().ifPresent(lost -> values.put(LOST, (double) lost));
        values.put(DROPPED, (double) run.sandbox().dropped().size());
      }
    }
    return values;
  }

  /// Megabytes of lines for which the CPU time was spent: who loses some must not look the cheaper.
  /// Of whoever does not ship, or in a way that cannot be read, those written.
  private static double arrived(Candidate candidate, EnvironmentRun run) {
    int written = run.lines().written();
    int lost = candidate.ships() ? run.lost().orElse(0) : 0;
    return (written - lost) * (double) LINE_BYTES / 1e6;
  }

  /// Half of the invocations.
  ///
  /// @return the most memory that it took at the end of one
  private long invoke(EnvironmentRun run) throws InterruptedException {
    long peakBytes = 0;
    for (int i = 0; i < invocations / 2; i++) {
      run.invoke(1);
      peakBytes = Math.max(peakBytes, run.extension().memory().pssBytes());
    }
    return peakBytes;
  }
}
