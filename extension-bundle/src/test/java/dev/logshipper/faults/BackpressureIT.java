package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The same burst against the same slow destination in the same memory, with and without
/// backpressure. Which sink there is makes no difference.
@Chapter("Memory")
class BackpressureIT {
  private static final int LINES = 12_000;
  private static final int LINE_BYTES = 1_000;
  private static final Duration ANSWERS_AFTER = Duration.ofMillis(150);

  /// Longer than the destination takes for the burst.
  private static final int FUNCTION_MILLIS = 5_000;

  private static final int TIMEOUT_MILLIS = 15_000;

  @Test
  @Fault(
      value = "a burst of 12 MB, a destination that takes 5 MB/s, `PUSHER_BUFFER_MB=2`",
      user = "ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 2_250)
  void withoutBackpressure(Trials trials) throws Exception {
    Account account = burst(trials, "false");

    assertThat(account.number("dropped_overflow")).isPositive();
  }

  @Test
  @Fault(
      value = "a burst of 12 MB, as above, with `PUSHER_BACKPRESSURE=true`",
      heldMillisMax = 2_250)
  void withBackpressure(Trials trials) throws Exception {
    Account account = burst(trials, "true");

    assertThat(account.number("dropped")).isZero();
  }

  private static Account burst(Trials trials, String backpressure) throws Exception {
    Trial trial =
        trials
            .of(BundledSink.named("http"))
            .environment("PUSHER_BUFFER_MB", "2")
            .environment("PUSHER_BACKPRESSURE", backpressure)
            .timeoutMillis(TIMEOUT_MILLIS)
            .function((invocation, lines) -> {
              lines.write(invocation, LINES, LINE_BYTES);
              invocation.take(FUNCTION_MILLIS);
            })
            .start();
    trial.fail(ScriptedResponse.slow(ANSWERS_AFTER));
    trial.invoke(1);
    trial.end();
    return trial.account();
  }
}
