package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.time.Duration;
import java.util.List;

/// The destination is down, slow, or in a mood, and gets well again.
@Chapter("The destination")
class DestinationIT {
  private static final int INVOCATIONS = 4;
  private static final String BATCH_ID = "X-Log-Shipper-Batch-Id";

  /// The longest hold by default, and what a busy machine adds.
  private static final int HOLD_MILLIS_MAX = 2_250;

  @Sinks
  @Fault(value = "is well", heldMillisMax = 500)
  void well(BundledSink sink, Trials trials) throws Exception {
    Trial trial = trials.of(sink).start();
    trial.invoke(INVOCATIONS);
    trial.end();

    assertThat(trial.said()).isEmpty();
    assertThat(trial.account().arrived()).isNotEmpty();
  }

  @Sinks
  @Fault(
      value = "answers 503 for a while",
      user = "destination unreachable (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void unavailable(BundledSink sink, Trials trials) throws Exception {
    failsForAWhile(trials.of(sink).start(), ScriptedResponse.status(503));
  }

  @Sinks
  @Fault(
      value = "answers 429 with `Retry-After: 1` for a while",
      user = "destination unreachable (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void throttling(BundledSink sink, Trials trials) throws Exception {
    failsForAWhile(trials.of(sink).start(), ScriptedResponse.status(429).retryAfterSeconds(1));
  }

  @Sinks
  @Fault(
      value = "resets connections for a while, before it has read a request",
      user = "destination unreachable (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void resetting(BundledSink sink, Trials trials) throws Exception {
    failsForAWhile(trials.of(sink).start(), ScriptedResponse.resetBeforeBody());
  }

  private static void failsForAWhile(Trial trial, ScriptedResponse answer) throws Exception {
    trial.fail(answer);
    trial.invoke(INVOCATIONS);
    trial.heal();
    trial.invoke(INVOCATIONS);
    trial.end();

    assertThat(trial.said()).hasSizeLessThanOrEqualTo(1);
  }

  @Sinks
  @Fault(
      value = "is gone, and comes back at the same address",
      user = "destination unreachable (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void gone(BundledSink sink, Trials trials) throws Exception {
    Trial trial = trials.of(sink).start();
    trial.destination().refuseConnections();
    trial.invoke(INVOCATIONS);
    trial.destination().acceptConnections();
    trial.invoke(INVOCATIONS);
    trial.end();
  }

  @Sinks
  @Fault(
      value = "stores a request and resets the connection instead of answering",
      doubled = Doubled.UNKNOWN_OUTCOME,
      heldMillisMax = HOLD_MILLIS_MAX)
  void unknownOutcome(BundledSink sink, Trials trials) throws Exception {
    Trial trial = trials.of(sink).environment("PUSHER_FLUSH", "end").start();
    trial.destination().respondNext(trial.stored(_ -> ScriptedResponse.resetAfterBody()));
    trial.invoke(INVOCATIONS);
    trial.end();

    List<ReceivedRequest> requests = trial.destination().requests();
    assertRepetition(requests.get(1), requests.get(0));
  }

  /// What a destination needs to know a request again.
  static void assertRepetition(ReceivedRequest again, ReceivedRequest first) {
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.path()).as("for S3, the key").isEqualTo(first.path());
    assertThat(again.header(BATCH_ID)).isEqualTo(first.header(BATCH_ID));
  }

  @Sinks
  @Fault(
      value = "answers 503 to the end",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = HOLD_MILLIS_MAX)
  void unavailableToTheEnd(BundledSink sink, Trials trials) throws Exception {
    failsToTheEnd(trials.of(sink).start(), ScriptedResponse.status(503));
  }

  @Sinks
  @Fault(
      value = "never answers again",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = HOLD_MILLIS_MAX)
  void neverAnswers(BundledSink sink, Trials trials) throws Exception {
    failsToTheEnd(trials.of(sink).start(), ScriptedResponse.hang());
  }

  private static void failsToTheEnd(Trial trial, ScriptedResponse answer) throws Exception {
    trial.fail(answer);
    trial.invoke(INVOCATIONS);
    trial.end();

    Account account = trial.account();
    assertThat(account.number("left_behind")).isEqualTo(account.number("received"));
  }

  @Sinks
  @Fault(
      value = "never answers, as is known by now",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 100)
  void knownToBeDead(BundledSink sink, Trials trials) throws Exception {
    Trial trial = trials.of(sink).environment("PUSHER_FLUSH", "end").start();
    trial.fail(ScriptedResponse.hang());
    // What teaches it is the row above.
    trial.sandbox().invoke("{}");
    int requests = trial.destination().requests().size();
    trial.invoke(20);
    assertThat(trial.destination().requests()).hasSizeLessThanOrEqualTo(requests + 1);
    trial.end();
  }

  @Sinks
  @Fault(value = "answers after half a second, each time", heldMillisMax = HOLD_MILLIS_MAX)
  void slow(BundledSink sink, Trials trials) throws Exception {
    Trial trial = trials.of(sink).start();
    trial.fail(trial.stored(reply -> reply.after(Duration.ofMillis(500))));
    trial.invoke(INVOCATIONS);
    trial.end();
  }

  @Sinks
  @Fault(
      value = "sends its answers at a byte a second",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = HOLD_MILLIS_MAX)
  void trickling(BundledSink sink, Trials trials) throws Exception {
    Trial trial = trials.of(sink).start();
    trial.fail(ScriptedResponse.trickle(1));
    trial.invoke(INVOCATIONS);
    trial.end();
  }

  @Sinks
  @Fault(
      value = "accepts connections and says nothing, not even in a TLS handshake",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = HOLD_MILLIS_MAX)
  void stalledHandshake(BundledSink sink, Trials trials) throws Exception {
    Trial trial = trials.of(sink).overTls().start();
    trial.destination().stallConnections();
    trial.invoke(INVOCATIONS);
    trial.end();
  }

  @Sinks
  @Fault(value = "closes connections while the environment is idle", heldMillisMax = 500)
  void deadConnections(BundledSink sink, Trials trials) throws Exception {
    Trial trial = trials.of(sink).environment("PUSHER_FLUSH", "end").start();
    for (int i = 0; i < INVOCATIONS; i++) {
      trial.invoke(1);
      trial.destination().closeConnections();
    }
    trial.end();

    assertThat(trial.account().number("retries")).isZero();
  }

  @Sinks
  @Fault(
      value = "refuses for good: 401, 403 or 404",
      user = "batch rejected, with what to fix (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 1_000)
  void refusing(BundledSink sink, Trials trials) throws Exception {
    for (int status : List.of(401, 403, 404)) {
      Trial trial = trials.of(sink).environment("PUSHER_FLUSH", "end").start();
      trial.fail(ScriptedResponse.status(status));
      trial.invoke(2);
      trial.end();

      Account account = trial.account();
      assertThat(account.number("retries")).as("retries after " + status).isZero();
      assertThat(account.number("dropped_rejected")).isEqualTo(account.number("received"));
      assertThat(trial.said())
          .singleElement()
          .asString()
          .contains("batch rejected")
          .contains(Integer.toString(status));
    }
  }

  @Sinks
  @Fault(
      value = "shows a certificate that nobody trusts",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = HOLD_MILLIS_MAX)
  void untrusted(BundledSink sink, Trials trials) throws Exception {
    Trial trial = trials.of(sink).overTls().start();
    trial.invoke(INVOCATIONS);
    trial.end();

    assertThat(trial.destination().requests()).isEmpty();
  }

  @Sinks
  @Fault(
      value = "of another sink is dead (`PUSHER_MODE=a,b`)",
      user = "destination unreachable (once), ledger",
      heldMillisMax = HOLD_MILLIS_MAX)
  void deadNeighbour(BundledSink sink, Trials trials) throws Exception {
    BundledSink other = BundledSink.ALL.get(sink.mode().equals("http") ? 1 : 0);
    try (Destination dead = other.plain().get()) {
      dead.respond(ScriptedResponse.resetBeforeBody());
      Trial trial =
          trials
              .of(sink)
              .with(sandbox ->
                  sandbox
                      .environment(other.environment(dead.url()))
                      .environment("PUSHER_MODE", other.mode() + "," + sink.mode()))
              .start();
      trial.invoke(INVOCATIONS);
      trial.end();
    }
  }
}
