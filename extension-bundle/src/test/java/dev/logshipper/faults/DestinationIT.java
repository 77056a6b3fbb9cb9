package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;

/// The destination is down, slow or faulty, and recovers.
@Chapter("The destination")
class DestinationIT {
  private static final int INVOCATIONS = 4;
  private static final String BATCH_ID = "X-Log-Shipper-Batch-Id";

  /// The default maximum delay, with a margin for a busy machine.
  private static final int HOLD_MILLIS_MAX = 2_250;

  @Tag("arm64")
  @Sinks
  @Fault(value = "works", heldMillisMax = 500)
  void works(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).start();
    run.invoke(INVOCATIONS);
    run.end();

    assertThat(run.output()).isEmpty();
    assertThat(run.deliveries().arrived()).isNotEmpty();
  }

  @Tag("arm64")
  @Sinks
  @Fault(
      value = "returns 503 for a while",
      user = "destination busy (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void returns503ForAWhile(BundledSink sink, FaultRuns runs) throws Exception {
    failsForAWhile(runs.of(sink).start(), ScriptedResponse.status(503));
  }

  @Sinks
  @Fault(
      value = "returns 429 with `Retry-After: 1` for a while",
      user = "destination busy (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void returns429ForAWhile(BundledSink sink, FaultRuns runs) throws Exception {
    failsForAWhile(runs.of(sink).start(), ScriptedResponse.status(429).retryAfterSeconds(1));
  }

  @Tag("arm64")
  @Sinks
  @Fault(
      value = "resets connections for a while, before reading a request",
      user = "destination unreachable (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void resetsConnectionsForAWhile(BundledSink sink, FaultRuns runs) throws Exception {
    failsForAWhile(runs.of(sink).start(), ScriptedResponse.resetBeforeBody());
  }

  private static void failsForAWhile(FaultRun run, ScriptedResponse response) throws Exception {
    run.fail(response);
    run.invoke(INVOCATIONS);
    run.heal();
    run.invoke(INVOCATIONS);
    run.end();

    assertThat(run.output()).as("its begin and its end").hasSizeLessThanOrEqualTo(2);
  }

  @Tag("arm64")
  @Sinks
  @Fault(
      value = "disappears and returns at the same address",
      user = "destination unreachable (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void disappearsAndReturns(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).start();
    run.destination().refuseConnections();
    run.invoke(INVOCATIONS);
    run.destination().acceptConnections();
    run.invoke(INVOCATIONS);
    run.end();
  }

  @Sinks
  @Fault(
      value = "stores a request and resets the connection instead of responding",
      doubled = Duplicates.UNKNOWN_OUTCOME,
      heldMillisMax = HOLD_MILLIS_MAX)
  void storesTheRequestAndResetsTheConnection(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).environment("PUSHER_FLUSH", "end").start();
    run.destination().respondNext(run.stored(_ -> ScriptedResponse.resetAfterBody()));
    run.invoke(INVOCATIONS);
    run.end();

    List<ReceivedRequest> requests = run.destination().requests();
    assertRepetition(requests.get(1), requests.get(0));
  }

  /// The property by which a destination recognizes a repeated request.
  static void assertRepetition(ReceivedRequest again, ReceivedRequest first) {
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.path()).as("for S3, the key").isEqualTo(first.path());
    assertThat(again.header(BATCH_ID)).isEqualTo(first.header(BATCH_ID));
  }

  @Sinks
  @Fault(
      value = "returns 503 until the end",
      user = "destination busy (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = HOLD_MILLIS_MAX)
  void returns503UntilTheEnd(BundledSink sink, FaultRuns runs) throws Exception {
    failsToTheEnd(runs.of(sink).start(), ScriptedResponse.status(503));
  }

  @Sinks
  @Fault(
      value = "stops responding",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = HOLD_MILLIS_MAX)
  void stopsResponding(BundledSink sink, FaultRuns runs) throws Exception {
    failsToTheEnd(runs.of(sink).start(), ScriptedResponse.hang());
  }

  private static void failsToTheEnd(FaultRun run, ScriptedResponse response) throws Exception {
    run.fail(response);
    run.invoke(INVOCATIONS);
    run.end();

    Deliveries deliveries = run.deliveries();
    assertThat(deliveries.number("left_behind")).isEqualTo(deliveries.number("received"));
  }

  @Sinks
  @Fault(
      value = "stopped responding long ago",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 100)
  void stoppedRespondingLongAgo(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).environment("PUSHER_FLUSH", "end").start();
    run.fail(ScriptedResponse.hang());
    // The row above shows how the extension learns it.
    run.sandbox().invoke("{}");
    int requests = run.destination().requests().size();
    run.invoke(20);
    assertThat(run.destination().requests()).hasSizeLessThanOrEqualTo(requests + 1);
    run.end();
  }

  @Sinks
  @Fault(value = "responds after half a second, each time", heldMillisMax = HOLD_MILLIS_MAX)
  void respondsAfterHalfASecond(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).start();
    run.fail(run.stored(response -> response.after(Duration.ofMillis(500))));
    run.invoke(INVOCATIONS);
    run.end();
  }

  @Sinks
  @Fault(
      value = "sends its responses at one byte per second",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = HOLD_MILLIS_MAX)
  void tricklesItsResponses(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).start();
    run.fail(ScriptedResponse.trickle(1));
    run.invoke(INVOCATIONS);
    run.end();
  }

  @Sinks
  @Fault(
      value = "accepts connections and sends nothing, not even a TLS handshake",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = HOLD_MILLIS_MAX)
  void stallsTheTlsHandshake(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).overTls().start();
    run.destination().stallConnections();
    run.invoke(INVOCATIONS);
    run.end();
  }

  @Tag("arm64")
  @Sinks
  @Fault(value = "closes connections while the environment is idle", heldMillisMax = 500)
  void closesIdleConnections(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).environment("PUSHER_FLUSH", "end").start();
    for (int i = 0; i < INVOCATIONS; i++) {
      run.invoke(1);
      run.destination().closeConnections();
    }
    run.end();

    assertThat(run.deliveries().number("retries")).isZero();
  }

  @Sinks
  @Fault(
      value = "rejects permanently: 401, 403 or 404",
      user = "batch rejected, with a hint (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 1_000)
  void rejectsPermanently(BundledSink sink, FaultRuns runs) throws Exception {
    for (int status : List.of(401, 403, 404)) {
      FaultRun run = runs.of(sink).environment("PUSHER_FLUSH", "end").start();
      run.fail(ScriptedResponse.status(status));
      run.invoke(2);
      run.end();

      Deliveries deliveries = run.deliveries();
      assertThat(deliveries.number("retries")).as("retries after " + status).isZero();
      assertThat(deliveries.number("dropped_rejected")).isEqualTo(deliveries.number("received"));
      assertThat(run.output())
          .singleElement()
          .asString()
          .contains("batch rejected")
          .contains(Integer.toString(status));
    }
  }

  @Tag("arm64")
  @Sinks
  @Fault(
      value = "has an untrusted certificate",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = HOLD_MILLIS_MAX)
  void hasAnUntrustedCertificate(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).overTls().start();
    run.invoke(INVOCATIONS);
    run.end();

    assertThat(run.destination().requests()).isEmpty();
  }

  @Tag("arm64")
  @Sinks
  @Fault(
      value = "of another sink is unreachable (`PUSHER_MODE=a,b`)",
      user = "destination unreachable (once), ledger",
      heldMillisMax = HOLD_MILLIS_MAX)
  void anotherSinkIsUnreachable(BundledSink sink, FaultRuns runs) throws Exception {
    BundledSink other = BundledSink.ALL.get(sink.mode().equals("http") ? 1 : 0);
    try (Destination dead = other.plain().get()) {
      dead.respond(ScriptedResponse.resetBeforeBody());
      FaultRun run =
          runs.of(sink)
              .with(sandbox ->
                  sandbox
                      .environment(other.environment(dead.url()))
                      .environment("PUSHER_MODE", other.mode() + "," + sink.mode()))
              .start();
      run.invoke(INVOCATIONS);
      run.end();
    }
  }
}
