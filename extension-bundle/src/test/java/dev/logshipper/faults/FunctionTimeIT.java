package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.InvocationOutcome;

/// Whatever the destination does, the function's time is the function's: nothing of ours comes near
/// its deadline.
@Chapter("The function's time")
class FunctionTimeIT {
  /// What is left to the function's deadline when we are done at the latest.
  private static final int MARGIN_MILLIS = 250;

  /// What a busy machine adds.
  private static final int JITTER_MILLIS = 100;

  @Sinks
  @Fault(
      value = "a timeout of 1 s, and a destination that never answers",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 1_000 - MARGIN_MILLIS + JITTER_MILLIS)
  void shortTimeout(BundledSink sink, Trials trials) throws Exception {
    hangingDestination(trials, sink, 1_000, 0);
  }

  @Sinks
  @Fault(
      value =
          "a timeout of 2 s of which the function takes 1.5 s, and a destination that never"
              + " answers",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 500 - MARGIN_MILLIS + JITTER_MILLIS)
  void busyFunction(BundledSink sink, Trials trials) throws Exception {
    hangingDestination(trials, sink, 2_000, 1_500);
  }

  @Sinks
  @Fault(
      value = "a timeout of 30 s, and a destination that never answers",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 2_250)
  void longTimeout(BundledSink sink, Trials trials) throws Exception {
    hangingDestination(trials, sink, 30_000, 0);
  }

  @Sinks
  @Fault(value = "a timeout of 1 s of which the function takes 0.95 s", heldMillisMax = 50)
  void hardlyAnyTimeLeft(BundledSink sink, Trials trials) throws Exception {
    Trial trial = taking(trials.of(sink), 950).timeoutMillis(1_000).start();
    trial.invoke(2);
    trial.end();
  }

  private static void hangingDestination(
      Trials trials, BundledSink sink, long timeoutMillis, long functionMillis) throws Exception {
    Trial trial =
        taking(trials.of(sink), functionMillis)
            .environment("PUSHER_FLUSH", "end")
            .timeoutMillis(timeoutMillis)
            .start();
    trial.fail(ScriptedResponse.hang());
    for (int i = 0; i < 2; i++) {
      InvocationOutcome outcome = trial.invokeOnce();
      assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
      assertThat(outcome.durationMillis()).isLessThan((double) timeoutMillis);
    }
    trial.end();
  }

  private static TrialBuilder taking(TrialBuilder trial, long functionMillis) {
    return trial.function((invocation, lines) -> {
      lines.write(invocation, TrialBuilder.LINES, TrialBuilder.LINE_BYTES);
      invocation.take(functionMillis);
    });
  }
}
