package dev.logshipper.bench.scenario;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.process.EnvironmentRun;
import dev.logshipper.bench.process.EnvironmentRunBuilder;
import dev.logshipper.bench.result.Figure;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Many lines: 0.6 MB per invocation, over TLS, compressed if the sink has a setting for it.
///
/// @param invocations an even number
public record Volume(int invocations) implements Experiment {
  public static final Volume STANDARD = new Volume(30);
  static final Volume LONG = new Volume(334);

  public static final Figure CPU = new Figure("CPU, whole run", "ms per MB stored");
  static final Figure WARM_CPU = new Figure("CPU, second half", "ms per MB stored");
  public static final Figure REQUESTS = Figure.count("requests");
  public static final Figure WIRE = Figure.megabytes("wire");
  public static final Figure PEAK = Figure.megabytes("peak PSS");
  static final Figure END = Figure.megabytes("PSS at the end");
  static final Figure ANONYMOUS = Figure.megabytes("anonymous at the end");
  public static final Figure LOST = Figure.count("lost");
  static final Figure DROPPED = Figure.count("of these dropped by the platform");

  private static final int LINES = 3_000;
  private static final int LINE_BYTES = 200;

  @Override
  public String title() {
    return "volume: %d invocations × 3,000 lines × 200 B = %.0f MB of lines, TLS, http and s3 with gzip"
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
  public boolean appliesTo(Candidate candidate) {
    return candidate.is(Role.JVM_FLOOR, Role.LAYER, Role.BASELINE, Role.VARIANT, Role.OTHER);
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
      double middleMegabytes = stored(candidate, run);
      peakBytes = Math.max(peakBytes, invoke(run));
      double endMillis = run.cost().cpuMillis();
      values.put(WARM_CPU, (endMillis - middleMillis) / (stored(candidate, run) - middleMegabytes));
      values.put(PEAK, peakBytes / 1e6);
      values.put(END, run.extension().memory().pssBytes() / 1e6);
      values.put(ANONYMOUS, run.extension().memory().anonymousBytes() / 1e6);
      run.shutdown();
      values.put(CPU, run.cost().cpuMillis() / stored(candidate, run));
      if (candidate.ships()) {
        values.put(REQUESTS, (double) run.destination().requests().size());
        values.put(WIRE, run.destination().bytesReceived() / 1e6);
        run.lost().ifPresent(lost -> values.put(LOST, (double) lost));
        values.put(DROPPED, (double) run.sandbox().dropped().size());
      }
    }
    return values;
  }

  /// Megabytes of lines stored, so that a candidate that loses some does not look cheaper. If it
  /// does not ship, or the stored data cannot be decoded, megabytes written.
  private static double stored(Candidate candidate, EnvironmentRun run) {
    int written = run.lines().written();
    int lost = candidate.ships() ? run.lost().orElse(0) : 0;
    return (written - lost) * (double) LINE_BYTES / 1e6;
  }

  /// Runs half of the invocations.
  ///
  /// @return the peak of the memory at their ends
  private long invoke(EnvironmentRun run) throws InterruptedException {
    long peakBytes = 0;
    for (int i = 0; i < invocations / 2; i++) {
      run.invoke(1);
      peakBytes = Math.max(peakBytes, run.extension().memory().pssBytes());
    }
    return peakBytes;
  }
}
