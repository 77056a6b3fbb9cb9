package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The same burst against the same slow destination in the same memory, with and without
/// backpressure. The sink makes no difference.
@Chapter("Memory")
class BackpressureIT {
  private static final int LINES = 12_000;
  private static final int LINE_BYTES = 1_000;
  private static final Duration RESPONSE_DELAY = Duration.ofMillis(150);

  /// Longer than the destination needs for the burst.
  private static final int FUNCTION_MILLIS = 5_000;

  private static final int TIMEOUT_MILLIS = 15_000;

  @Test
  @Fault(
      value = "a burst of 12 MB, a destination that accepts 5 MB/s, `PUSHER_BUFFER_MB=2`",
      user = "ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 2_250)
  void burstWithoutBackpressureDropsRecords(FaultRuns runs) throws Exception {
    Deliveries deliveries = burst(runs, "false");

    assertThat(deliveries.number("dropped_overflow")).isPositive();
  }

  @Test
  @Fault(
      value = "a burst of 12 MB, as above, with `PUSHER_BACKPRESSURE=true`",
      heldMillisMax = 2_250)
  void burstWithBackpressureLosesNothing(FaultRuns runs) throws Exception {
    Deliveries deliveries = burst(runs, "true");

    assertThat(deliveries.number("dropped")).isZero();
  }

  private static Deliveries burst(FaultRuns runs, String backpressure) throws Exception {
    FaultRun run =
        runs.of(BundledSink.named("http"))
            .environment("PUSHER_BUFFER_MB", "2")
            .environment("PUSHER_BACKPRESSURE", backpressure)
            .timeoutMillis(TIMEOUT_MILLIS)
            .function((invocation, lines) -> {
              lines.write(invocation, LINES, LINE_BYTES);
              invocation.take(FUNCTION_MILLIS);
            })
            .start();
    run.fail(ScriptedResponse.slow(RESPONSE_DELAY));
    run.invoke(1);
    run.end();
    return run.deliveries();
  }
}
