package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Answer;

/// The destination is down, slow, or does not want us.
@Chapter("The destination")
class DestinationIT {
  private static final int INVOCATIONS = 5;

  @Sinks
  @Fault(value = "answers 503 for a while", user = "one warning", heldMillisMax = 2_250)
  void unavailableForAWhile(BundledSink sink, Trials trials) throws Exception {
    Trial trial = trials.of(sink).start();
    trial.fail(Answer.status(503));
    trial.invoke(INVOCATIONS);
    trial.heal();
    trial.invoke(INVOCATIONS);
    trial.end();
  }

  @Sinks
  @Fault(
      value = "takes requests and never answers",
      user = "one warning; the ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 2_250)
  void neverAnswers(BundledSink sink, Trials trials) throws Exception {
    Trial trial = trials.of(sink).start();
    trial.fail(Answer.hang());
    trial.invoke(INVOCATIONS);
    trial.end();

    assertThat(trial.account().number("delivered")).isZero();
  }
}
