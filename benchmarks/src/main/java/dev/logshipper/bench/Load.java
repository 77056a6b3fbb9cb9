package dev.logshipper.bench;

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

/// A function that logs as fast as few can take it, for some seconds within one invocation.
///
/// @param bufferBytes what the platform keeps for a subscriber before it drops
record Load(int megabytesPerSecond, int seconds, Mood mood, int bufferBytes) implements Experiment {

  /// What the destination is like.
  enum Mood {
    HEALTHY,
    SLOW,
    DEAD;

    private void of(Destination destination) {
      switch (this) {
        case HEALTHY -> {}
        case SLOW ->
            destination.respond(
                destination instanceof ServiceDestination service
                    ? service.handled(reply -> reply.after(SLOWNESS))
                    : ScriptedResponse.slow(SLOWNESS));
        case DEAD -> destination.refuseConnections();
      }
    }
  }

  static final Figure GROWTH = Figure.megabytes("memory growth (PSS)");
  static final Figure DROPPED = Figure.count("events dropped by the platform");
  static final Figure TOOK = new Figure("took", "s");
  static final Figure HELD = Figure.millis("held");

  /// Of a subscriber's buffer; Lambda's own is not published.
  static final int LARGE_BUFFER_BYTES = 16 << 20;

  static final int SMALL_BUFFER_BYTES = 8 << 20;

  private static final Duration SLOWNESS = Duration.ofMillis(300);
  private static final int LINE_BYTES = 200;
  private static final int PIECES_PER_SECOND = 100;
  private static final long SAMPLE_MILLIS = 200;

  @Override
  public String title() {
    return "flood: %d MB/s for %d s, destination %s, %d MB of buffer at the platform"
        .formatted(
            megabytesPerSecond, seconds, mood.name().toLowerCase(Locale.ROOT), bufferBytes >> 20);
  }

  @Override
  public List<Figure> figures() {
    return List.of(GROWTH, DROPPED, TOOK, HELD);
  }

  @Override
  public boolean suits(Candidate candidate) {
    return candidate.ships() || candidate.role() == Candidate.Role.JVM_FLOOR;
  }

  @Override
  public Map<Figure, Double> measure(Candidate candidate) throws IOException, InterruptedException {
    Map<Figure, Double> values = new LinkedHashMap<>();
    try (EnvironmentRun run =
        new EnvironmentRunBuilder(candidate)
            .destination(mood::of)
            .work(this::log)
            .sandbox(sandbox ->
                sandbox.telemetry(TelemetryBehaviour.standard().bufferBytesMax(bufferBytes)))
            .start()) {
      run.invoke(1);
      long beforeBytes = run.extension().memory().pssBytes();
      long mostBytes = beforeBytes;
      CompletableFuture<InvocationOutcome> flood = run.sandbox().invokeAsync("{}");
      while (!flood.isDone()) {
        Thread.sleep(SAMPLE_MILLIS);
        mostBytes = Math.max(mostBytes, run.extension().memory().pssBytes());
      }
      InvocationOutcome outcome = flood.join();
      values.put(GROWTH, (mostBytes - beforeBytes) / 1e6);
      values.put(DROPPED, (double) run.sandbox().dropped().size());
      values.put(TOOK, outcome.durationMillis() / 1e3);
      values.put(HELD, outcome.heldMillis());
    }
    return values;
  }

  /// The first invocation is a quiet one, so that what is loaded once is not counted as growth.
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
