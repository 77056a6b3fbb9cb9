package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.InvocationOutcome;

/// The extension never delays an invocation close to the function's deadline, regardless of the
/// destination.
@Chapter("The function's time")
class FunctionTimeIT {
  /// Minimum time between the extension's end and the function's deadline.
  private static final int MARGIN_MILLIS = 250;

  /// Margin for a busy machine.
  private static final int JITTER_MILLIS = 100;

  @Sinks
  @Fault(
      value = "a timeout of 1 s, and a destination that never responds",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 1_000 - MARGIN_MILLIS + JITTER_MILLIS)
  void timeoutOf1SecondWithASilentDestination(BundledSink sink, FaultRuns runs) throws Exception {
    hangingDestination(runs, sink, 1_000, 0);
  }

  @Sinks
  @Fault(
      value =
          "a timeout of 2 s of which the function uses 1.5 s, and a destination that never responds",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 500 - MARGIN_MILLIS + JITTER_MILLIS)
  void busyFunctionWithASilentDestination(BundledSink sink, FaultRuns runs) throws Exception {
    hangingDestination(runs, sink, 2_000, 1_500);
  }

  @Sinks
  @Fault(
      value = "a timeout of 30 s, and a destination that never responds",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 2_250)
  void timeoutOf30SecondsWithASilentDestination(BundledSink sink, FaultRuns runs) throws Exception {
    hangingDestination(runs, sink, 30_000, 0);
  }

  @Sinks
  @Fault(value = "a timeout of 1 s of which the function uses 0.95 s", heldMillisMax = 50)
  void functionEndsJustBeforeItsTimeout(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = taking(runs.of(sink), 950).timeoutMillis(1_000).start();
    run.invoke(2);
    run.end();
  }

  private static void hangingDestination(
      FaultRuns runs, BundledSink sink, long timeoutMillis, long functionMillis) throws Exception {
    FaultRun run =
        taking(runs.of(sink), functionMillis)
            .environment("PUSHER_FLUSH", "end")
            .timeoutMillis(timeoutMillis)
            .start();
    run.fail(ScriptedResponse.hang());
    for (int i = 0; i < 2; i++) {
      InvocationOutcome outcome = run.invokeOnce();
      assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
      assertThat(outcome.durationMillis()).isLessThan((double) timeoutMillis);
    }
    run.end();
  }

  private static FaultRunBuilder taking(FaultRunBuilder run, long functionMillis) {
    return run.function((invocation, lines) -> {
      lines.write(invocation, FaultRunBuilder.LINES, FaultRunBuilder.LINE_BYTES);
      invocation.take(functionMillis);
    });
  }
}
