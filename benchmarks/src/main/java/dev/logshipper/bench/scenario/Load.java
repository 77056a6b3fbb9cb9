package dev.logshipper.bench.scenario;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.process.EnvironmentRun;
import dev.logshipper.bench.process.EnvironmentRunBuilder;
import dev.logshipper.bench.process.NumberedLines;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.ServiceDestination;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.TelemetryBehaviour;
import dev.logshipper.sandbox.environment.function.Invocation;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A function that logs at a high rate for some seconds within one invocation.
///
/// @param bufferBytes the platform's buffer for a subscriber; beyond it events are dropped
record Load(int megabytesPerSecond, int seconds, Health health, int bufferBytes)
    implements Experiment {

  /// The state of the destination.
  enum Health {
    HEALTHY,
    SLOW,
    DEAD;

    private void of(Destination destination) {
      switch (this) {
        case HEALTHY -> {}
        case SLOW ->
            destination.respond(
                destination instanceof ServiceDestination service
                    ? service.handled(response -> response.after(SLOWNESS))
                    : ScriptedResponse.slow(SLOWNESS));
        case DEAD -> destination.refuseConnections();
      }
    }
  }

  static final Figure GROWTH = Figure.megabytes("memory growth (PSS)");
  static final Figure DROPPED = Figure.count("events dropped by the platform");
  static final Figure DURATION = new Figure("duration", "s");
  static final Figure HELD = Figure.millis("held");

  /// Lambda's own buffer size is not published.
  static final int LARGE_BUFFER_BYTES = 16 << 20;

  static final int SMALL_BUFFER_BYTES = 8 << 20;

  private static final Duration SLOWNESS = Duration.ofMillis(300);
  private static final int LINE_BYTES = 200;
  private static final int PIECES_PER_SECOND = 100;
  private static final long SAMPLE_MILLIS = 200;

  @Override
  public String title() {
    return "load: %d MB/s for %d s, destination %s, %d MB of buffer at the platform"
        .formatted(
            megabytesPerSecond, seconds, health.name().toLowerCase(Locale.ROOT), bufferBytes >> 20);
  }

  @Override
  public List<Figure> figures() {
    return List.of(GROWTH, DROPPED, DURATION, HELD);
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
            .destination(health::of)
            .work(this::log)
            .sandbox(sandbox ->
                sandbox.telemetry(TelemetryBehaviour.standard().bufferBytesMax(bufferBytes)))
            .start()) {
      run.invoke(1);
      long beforeBytes = run.extension().memory().pssBytes();
      long peakBytes = beforeBytes;
      CompletableFuture<InvocationOutcome> load = run.sandbox().invokeAsync("{}");
      while (!load.isDone()) {
        Thread.sleep(SAMPLE_MILLIS);
        peakBytes = Math.max(peakBytes, run.extension().memory().pssBytes());
      }
      InvocationOutcome outcome = load.join();
      values.put(GROWTH, (peakBytes - beforeBytes) / 1e6);
      values.put(DROPPED, (double) run.sandbox().dropped().size());
      values.put(DURATION, outcome.durationMillis() / 1e3);
      values.put(HELD, outcome.heldMillis());
    }
    return values;
  }

  /// The first invocation logs one line, so that one-time loading does not count as growth.
  private void log(Invocation invocation, NumberedLines lines) throws InterruptedException {
    if (lines.written() == 0) {
      lines.write(invocation, 1, LINE_BYTES);
      return;
    }
    int piece = megabytesPerSecond * 1_000_000 / LINE_BYTES / PIECES_PER_SECOND;
    long beginNanos = System.nanoTime();
    for (int i = 0; i < seconds * PIECES_PER_SECOND; i++) {
      lines.write(invocation, piece, LINE_BYTES);
      long dueNanos = beginNanos + (i + 1) * (1_000_000_000L / PIECES_PER_SECOND);
      Thread.sleep(Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime())));
    }
  }
}
