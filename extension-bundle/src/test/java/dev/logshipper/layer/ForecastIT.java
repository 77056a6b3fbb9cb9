package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.logshipper.advisor.doctor.Checkup;
import dev.logshipper.advisor.explain.Forecast;
import dev.logshipper.advisor.explain.LaneForecast;
import dev.logshipper.advisor.explain.Profile;
import dev.logshipper.advisor.source.FunctionDescription;
import dev.logshipper.advisor.source.FunctionFacts;
import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.function.Invocation;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The predictions of `scripts/explain`, next to the work of the shipped layer: one environment
/// with steady invocations.
@ExtendWith(SandboxExtension.class)
class ForecastIT {
  private static final int LINE_BYTES = 200;
  private static final double PERCENT = 20;

  @ParameterizedTest
  @CsvSource({
    "http, 100, 10, 40, 10",
    "http, 30, 50, 350, 40",
    "http, 8, 20, 1500, 10",
    "s3, 100, 10, 40, 10",
    "s3, 30, 50, 350, 40",
    "s3, 8, 20, 1500, 10",
  })
  void predictionsAreWithinAFifthOfTheMeasurement(
      String mode, int invocations, int durationMillis, int gapMillis, int lines) throws Exception {
    BundledSink sink = BundledSink.named(mode);
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            ShippedLayer.shippingTo(sink, destination)
                .function(invocation -> work(invocation, durationMillis, lines))
                .start()) {
      for (int i = 0; i < invocations; i++) {
        Thread.sleep(gapMillis);
        assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      }
      sandbox.shutdown("spindown");

      double hour = 3_600_000.0 / (durationMillis + gapMillis);
      Profile profile = new Profile(hour, durationMillis, lines, LINE_BYTES, 1, true);
      LaneForecast forecast =
          Forecast.ofRun(checkup(sink, destination), profile, invocations).getFirst();
      double requests = destination.requests().size();
      assertThat(forecast.requests())
          .as("requests")
          .isCloseTo(requests, within(Math.max(1, requests * PERCENT / 100)));
      assertThat(forecast.records())
          .as("records")
          .isCloseTo((double) ShippedLayer.ledger(sandbox, "delivered"), withinPercentage(PERCENT));
      double bytes = destination.requests().stream().mapToDouble(each -> each.body().length).sum();
      assertThat(forecast.bodyBytes()).as("bytes").isCloseTo(bytes, withinPercentage(PERCENT));
    }
  }

  private static Checkup checkup(BundledSink sink, Destination destination) {
    Map<String, String> variables = new HashMap<>(sink.environment(destination.url()));
    variables.put("PUSHER_MODE", sink.mode());
    return Checkup.of(
        new FunctionDescription("test", variables, Map.of(), false, FunctionFacts.NONE));
  }

  private static void work(Invocation invocation, int durationMillis, int lines) {
    for (int i = 0; i < lines; i++) {
      String line = invocation.requestId() + " line " + i + " ";
      invocation.log(line + "x".repeat(LINE_BYTES - line.length()));
    }
    try {
      Thread.sleep(durationMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
