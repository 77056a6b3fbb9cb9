package dev.logshipper.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.bundle.UnpackedLayer;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.telemetry.PartialDelivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The environment is frozen during an operation, as by the platform once an invocation was delayed
/// for the maximum time, and its connections and deadlines have expired at the thaw.
@Chapter("Freezes")
class FreezeIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  /// Short, so that the freeze comes soon.
  private static final int HOLD_MILLIS = 200;

  /// Margin for a busy machine.
  private static final int HOLD_MILLIS_MAX = HOLD_MILLIS + 800;

  /// Sends in progress, waiting records and the new invocation's lines all survive a thaw.
  private static final int REQUESTS_AFTER_MAX = 3;

  private static final Duration MINUTES = Duration.ofMinutes(5);

  @TempDir private static Path folder;
  private static UnpackedLayer layer = new UnpackedLayer(Path.of("set in unpack"));

  @BeforeAll
  static void unpack() throws Exception {
    layer = UnpackedLayer.in(folder);
  }

  @Sinks
  @Fault(
      value =
          "SnapStart: the restore of a snapshot whose connections are dead; credentials come from"
              + " the local endpoint, the events of the init are repeated",
      heldMillisMax = 700)
  void betweenTheSnapshotAndItsRestore(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run =
        runs.of(sink)
            .environment("PUSHER_FLUSH", "end")
            .with(sandbox -> sandbox.snapStart(true))
            .start();
    run.destination().closeConnections();
    LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
    run.sandbox().restore();
    run.invoke(3);
    run.end();

    assertThat(run.output()).isEmpty();
    assertThat(run.deliveries().number("retries")).isZero();
  }

  @Sinks
  @Fault(
      value = "during a send, which is stored, and whose connection is dead at the thaw",
      doubled = Duplicates.UNKNOWN_OUTCOME,
      heldMillisMax = HOLD_MILLIS_MAX)
  void duringASendThatIsStored(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = held(runs.of(sink)).start();
    run.destination().respondNext(run.stored(_ -> ScriptedResponse.hang()));
    freezeDuringFirstRequest(run);
    run.destination().closeConnections();
    thawAndEnd(run);

    List<ReceivedRequest> requests = run.destination().requests();
    DestinationIT.assertRepetition(requests.get(1), requests.get(0));
  }

  @Sinks
  @Fault(value = "during a send, whose response arrives meanwhile", heldMillisMax = HOLD_MILLIS_MAX)
  void duringASendWhoseResponseArrives(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = held(runs.of(sink)).start();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch frozen = new CountDownLatch(1);
    ScriptedResponse late =
        run.stored(response -> {
          asked.countDown();
          awaitUninterrupted(frozen);
          return response;
        });
    run.destination().respondNext(late);
    run.invoke(1);
    run.sandbox().thaw();
    asked.await();
    run.sandbox().freeze();
    frozen.countDown();
    await().atMost(SOON).until(() -> isFirstAnswered(run.destination()));
    thawAndEnd(run);

    assertThat(run.deliveries().number("retries")).isZero();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isFirstAnswered(Destination destination) {
    return destination.requests().stream()
        .findFirst()
        .map(ReceivedRequest::responded)
        .orElse(false);
  }

  @Sinks
  @Fault(
      value = "during a TLS handshake, whose connection is dead at the thaw",
      heldMillisMax = HOLD_MILLIS_MAX)
  void duringATlsHandshake(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRunBuilder builder = held(runs.of(sink)).overTls();
    FaultRun run = builder.layer(layer.trusting(builder.destination()).root()).start();
    run.destination().stallConnections();
    run.invoke(1);
    run.sandbox().thaw();
    await().atMost(SOON).until(() -> run.destination().connections() == 1);
    run.sandbox().freeze();
    run.destination().closeConnections();
    run.destination().acceptConnections();
    thawAndEnd(run);
  }

  /// The test sleeps because the time spent frozen is its subject.
  @Sinks
  @Fault(
      value = "during the backoff of one second requested by a 503 with `Retry-After: 1`",
      heldMillisMax = HOLD_MILLIS_MAX)
  void duringABackoff(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = held(runs.of(sink)).start();
    run.destination().respondNext(ScriptedResponse.status(503).retryAfterSeconds(1));
    run.invoke(1);
    run.sandbox().thaw();
    await().atMost(SOON).until(() -> isFirstAnswered(run.destination()));
    run.sandbox().freeze();
    LockSupport.parkNanos(Duration.ofMillis(1_200).toNanos());
    thawAndEnd(run);
  }

  @Sinks
  @Fault(value = "during a delivery from the platform", heldMillisMax = HOLD_MILLIS_MAX)
  void duringADelivery(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = held(runs.of(sink)).start();
    run.invoke(1);
    byte[] body = run.delivery(FaultRunBuilder.LINES).getBytes(UTF_8);
    run.sandbox().thaw();
    try (PartialDelivery delivery = run.sandbox().beginDelivery(body, body.length / 2)) {
      run.sandbox().freeze();
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      run.sandbox().thaw();
      assertThat(delivery.finish()).isEqualTo(200);
    }
    run.invoke(1);
    run.end();

    assertThat(run.output()).isEmpty();
  }

  @Test
  @Tag("long")
  @Fault(
      value = "for five minutes: during a send, during a backoff, and while idle",
      user = "destination unreachable (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void forFiveMinutes(FaultRuns runs) throws Exception {
    List<FaultRun> frozen = new ArrayList<>();
    for (BundledSink sink : BundledSink.ALL) {
      frozen.add(frozenAmidSend(runs, sink));
      frozen.add(frozenAmidRest(runs, sink));
      frozen.add(frozenIdle(runs, sink));
    }
    LockSupport.parkNanos(MINUTES.toNanos());
    for (FaultRun run : frozen) {
      thawAndEnd(run);
    }
  }

  private static FaultRun frozenAmidSend(FaultRuns runs, BundledSink sink) throws Exception {
    FaultRun run = held(runs.of(sink)).start();
    run.destination().respondNext(ScriptedResponse.hang());
    freezeDuringFirstRequest(run);
    run.destination().closeConnections();
    return run;
  }

  private static FaultRun frozenAmidRest(FaultRuns runs, BundledSink sink) throws Exception {
    FaultRun run = held(runs.of(sink)).start();
    run.fail(ScriptedResponse.status(503));
    run.invoke(1);
    run.sandbox().thaw();
    await().atMost(SOON).until(() -> !run.output().isEmpty());
    run.sandbox().freeze();
    run.heal();
    return run;
  }

  private static FaultRun frozenIdle(FaultRuns runs, BundledSink sink) throws Exception {
    FaultRun run = runs.of(sink).environment("PUSHER_FLUSH", "end").start();
    run.invoke(1);
    return run;
  }

  private static FaultRunBuilder held(FaultRunBuilder builder) {
    return builder
        .environment("PUSHER_FLUSH", "end")
        .environment("PUSHER_MAX_HOLD_MS", Integer.toString(HOLD_MILLIS));
  }

  /// A first send may last longer than the maximum delay; it continues at the next thaw.
  private static void freezeDuringFirstRequest(FaultRun run) throws Exception {
    run.invoke(1);
    run.sandbox().thaw();
    List<ReceivedRequest> _ = run.destination().awaitRequests(1, SOON);
    run.sandbox().freeze();
  }

  private static void thawAndEnd(FaultRun run) throws Exception {
    int before = run.destination().requests().size();
    run.invoke(1);
    assertThat(run.destination().requests()).hasSizeLessThanOrEqualTo(before + REQUESTS_AFTER_MAX);
    run.end();
  }
}
