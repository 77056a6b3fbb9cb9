package dev.logshipper.flush;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `auto` meets its aims. The study behind them is in `benchmarks`.
class FlushAimsTest {
  private static final long SEED = 6;
  private static final int INVOCATIONS = 4_000;
  private static final double FUNCTION_MILLIS = 5;

  /// Bursts of invocations: the gaps within and between them, the destination's latency, and the
  /// limits of mean held time, of staleness and of requests per invocation.
  @ParameterizedTest
  @CsvSource({
    "every 50 ms, 1, 0, 45, 3, 1, 1, 0.1",
    "every 0.45 s, 1, 0, 445, 3, 5, 1, 0.6",
    "every 4 s, 1, 0, 3995, 3, 32, 0.07, 1",
    "'bursts of 15, 6 s apart', 15, 3, 6000, 3, 4, 1, 0.2",
    "'every 0.25 s, a send takes 0.3 s', 1, 0, 245, 300, 20, 1.3, 0.5",
  })
  void autoMeetsItsAims(
      String pattern,
      int burst,
      double gapWithinMillis,
      double gapBetweenMillis,
      double sendMillis,
      double heldMillisMax,
      double stalenessP99Max,
      double requestsMax) {
    Random random = new Random(SEED);
    AutoEnvironment environment = new AutoEnvironment(nanos(sendMillis));
    for (int i = 0; i < INVOCATIONS; i++) {
      double gapMillis = i % burst == 0 ? gapBetweenMillis : gapWithinMillis;
      environment.invoke(
          nanos(gapMillis * jitter(random)), nanos(FUNCTION_MILLIS * jitter(random)));
    }
    environment.shutDown();
    assertThat(environment.heldMillis() / INVOCATIONS)
        .as("mean held time in ms, %s", pattern)
        .isLessThanOrEqualTo(heldMillisMax);
    assertThat(environment.stalenessSeconds(0.99))
        .as("p99 of staleness in s, %s", pattern)
        .isLessThanOrEqualTo(stalenessP99Max);
    assertThat((double) environment.requests() / INVOCATIONS)
        .as("requests per invocation, %s", pattern)
        .isLessThanOrEqualTo(requestsMax);
  }

  private static double jitter(Random random) {
    return random.nextDouble(0.97, 1.03);
  }

  private static long nanos(double millis) {
    return Math.round(millis * 1e6);
  }
}
