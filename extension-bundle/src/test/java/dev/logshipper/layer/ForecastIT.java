package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.logshipper.advisor.doctor.Checkup;
import dev.logshipper.advisor.explain.FlushPhase;
import dev.logshipper.advisor.explain.Forecast;
import dev.logshipper.advisor.explain.LaneForecast;
import dev.logshipper.advisor.explain.Profile;
import dev.logshipper.advisor.source.FunctionDescription;
import dev.logshipper.advisor.source.FunctionFacts;
import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.function.Invocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The predictions of `scripts/explain`, next to the work of the shipped layer: one environment per
/// sink, with steady invocations.
class ForecastIT {
  private static final int LINE_BYTES = 200;
  private static final double PERCENT = 20;

  /// Longer than without a flush, shorter than the platform buffers lines: 25 ms from the first of
  /// them, so that short functions are held for almost as long.
  private static final double HELD_MILLIS = 15;

  /// Invocations without history, and the first send.
  private static final double HELD_AT_FIRST = 4;

  private static final double HOUR_NANOS = 3.6e12;

  private record Traffic(int invocations, int durationMillis, int gapMillis, int lines) {
    /// @param intervalNanos mean time between the starts of two invocations
    Profile profile(double intervalNanos) {
      String id = UUID.randomUUID().toString();
      List<String> sample = new ArrayList<>();
      for (int i = 0; i < lines; i++) {
        sample.add(line(id, i));
      }
      double perHour = HOUR_NANOS / intervalNanos;
      return new Profile(perHour, durationMillis, lines, LINE_BYTES, 1, true, sample);
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 2, 48, 10", "30, 50, 350, 40", "8, 2, 1500, 10"})
  void predictionsAreWithinAFifthOfTheMeasurement(
      int invocations, int durationMillis, int gapMillis, int lines) throws Exception {
    Traffic traffic = new Traffic(invocations, durationMillis, gapMillis, lines);
    List<Future<?>> runs = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (BundledSink sink : BundledSink.ALL) {
        runs.add(executor.submit(() -> compare(sink, traffic)));
      }
    }
    for (Future<?> run : runs) {
      run.get();
    }
  }

  private static @Nullable Void compare(BundledSink sink, Traffic traffic) throws Exception {
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            ShippedLayer.shippingTo(sink, destination)
                .function(invocation -> work(invocation, traffic))
                .start()) {
      long begin = System.nanoTime();
      int held = 0;
      for (int i = 0; i < traffic.invocations; i++) {
        Thread.sleep(traffic.gapMillis);
        InvocationOutcome outcome = sandbox.invoke("{}");
        assertThat(outcome.succeeded()).isTrue();
        held += outcome.heldMillis() > HELD_MILLIS ? 1 : 0;
      }
      double interval = (double) (System.nanoTime() - begin) / traffic.invocations;
      sandbox.shutdown("spindown");

      Checkup checkup = checkup(sink, destination);
      LaneForecast forecast =
          Forecast.ofRun(checkup, traffic.profile(interval), traffic.invocations).getFirst();
      double requests = destination.requests().size();
      assertThat(forecast.requests())
          .as("requests of " + sink.mode())
          .isCloseTo(requests, within(Math.max(1, requests * PERCENT / 100)));
      assertThat((double) forecast.flush().stream().mapToInt(FlushPhase::held).sum())
          .as("held invocations of " + sink.mode())
          .isCloseTo(held, within(Math.max(HELD_AT_FIRST, held * PERCENT / 100)));
      assertThat(forecast.records())
          .as("records of " + sink.mode())
          .isCloseTo((double) ShippedLayer.ledger(sandbox, "delivered"), withinPercentage(PERCENT));
      double bytes = destination.requests().stream().mapToDouble(each -> each.body().length).sum();
      assertThat(forecast.bodyBytes())
          .as("bytes of " + sink.mode())
          .isCloseTo(bytes, withinPercentage(PERCENT));
    }
    return null;
  }

  private static Checkup checkup(BundledSink sink, Destination destination) {
    Map<String, String> variables = new HashMap<>(sink.environment(destination.url()));
    variables.put("PUSHER_MODE", sink.mode());
    return Checkup.of(
        new FunctionDescription("test", variables, Map.of(), false, FunctionFacts.NONE));
  }

  private static void work(Invocation invocation, Traffic traffic) {
    for (int i = 0; i < traffic.lines; i++) {
      invocation.log(line(invocation.requestId(), i));
    }
    try {
      Thread.sleep(traffic.durationMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String line(String id, int number) {
    String line = id + " line " + number + " ";
    return line + "x".repeat(LINE_BYTES - line.length());
  }
}
