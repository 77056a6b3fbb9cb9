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

/// The environment is frozen in the middle of something, as the platform does when an invocation
/// was held for as long as it may be, and finds another world when it wakes.
@Chapter("Freezes")
class FreezeIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  /// Short, so that the freeze comes soon.
  private static final int HOLD_MILLIS = 200;

  /// What a busy machine adds.
  private static final int HOLD_MILLIS_MAX = HOLD_MILLIS + 800;

  /// A thaw is no reason for haste: what was under way, what has waited, and what the invocation
  /// logs.
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
      value = "in the middle of a send, which is stored, and whose connection is dead at the thaw",
      doubled = Doubled.UNKNOWN_OUTCOME,
      heldMillisMax = HOLD_MILLIS_MAX)
  void storedAndNotConfirmed(BundledSink sink, Trials trials) throws Exception {
    Trial trial = held(trials.of(sink)).start();
    trial.destination().respondNext(trial.stored(_ -> ScriptedResponse.hang()));
    freezeAmidFirstRequest(trial);
    trial.destination().closeConnections();
    thawAndEnd(trial);

    List<ReceivedRequest> requests = trial.destination().requests();
    DestinationIT.assertRepetition(requests.get(1), requests.get(0));
  }

  @Sinks
  @Fault(
      value = "in the middle of a send, which is answered meanwhile",
      heldMillisMax = HOLD_MILLIS_MAX)
  void answeredMeanwhile(BundledSink sink, Trials trials) throws Exception {
    Trial trial = held(trials.of(sink)).start();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch frozen = new CountDownLatch(1);
    ScriptedResponse late =
        trial.stored(reply -> {
          asked.countDown();
          awaitUninterrupted(frozen);
          return reply;
        });
    trial.destination().respondNext(late);
    trial.invoke(1);
    trial.sandbox().thaw();
    asked.await();
    trial.sandbox().freeze();
    frozen.countDown();
    await().atMost(SOON).until(() -> isFirstAnswered(trial.destination()));
    thawAndEnd(trial);

    assertThat(trial.account().number("retries")).isZero();
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
      value = "in the middle of a TLS handshake, whose connection is dead at the thaw",
      heldMillisMax = HOLD_MILLIS_MAX)
  void handshake(BundledSink sink, Trials trials) throws Exception {
    TrialBuilder builder = held(trials.of(sink)).overTls();
    Trial trial = builder.layer(layer.trusting(builder.destination()).root()).start();
    trial.destination().stallConnections();
    trial.invoke(1);
    trial.sandbox().thaw();
    await().atMost(SOON).until(() -> trial.destination().connections() == 1);
    trial.sandbox().freeze();
    trial.destination().closeConnections();
    trial.destination().acceptConnections();
    thawAndEnd(trial);
  }

  /// The time that passes in the freeze is the point, so the test takes it.
  @Sinks
  @Fault(
      value = "in the wait of one second that a 503 with `Retry-After: 1` asked for",
      heldMillisMax = HOLD_MILLIS_MAX)
  void retryAfter(BundledSink sink, Trials trials) throws Exception {
    Trial trial = held(trials.of(sink)).start();
    trial.destination().respondNext(ScriptedResponse.status(503).retryAfterSeconds(1));
    trial.invoke(1);
    trial.sandbox().thaw();
    await().atMost(SOON).until(() -> isFirstAnswered(trial.destination()));
    trial.sandbox().freeze();
    LockSupport.parkNanos(Duration.ofMillis(1_200).toNanos());
    thawAndEnd(trial);
  }

  @Sinks
  @Fault(value = "in the middle of a delivery from the platform", heldMillisMax = HOLD_MILLIS_MAX)
  void delivery(BundledSink sink, Trials trials) throws Exception {
    Trial trial = held(trials.of(sink)).start();
    trial.invoke(1);
    byte[] body = trial.delivery(TrialBuilder.LINES).getBytes(UTF_8);
    trial.sandbox().thaw();
    try (PartialDelivery delivery = trial.sandbox().beginDelivery(body, body.length / 2)) {
      trial.sandbox().freeze();
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      trial.sandbox().thaw();
      assertThat(delivery.finish()).isEqualTo(200);
    }
    trial.invoke(1);
    trial.end();

    assertThat(trial.said()).isEmpty();
  }

  @Test
  @Tag("long")
  @Fault(
      value =
          "for five minutes, in the middle of a send, of the rest of a dead destination, of nothing",
      user = "destination unreachable (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void minutes(Trials trials) throws Exception {
    List<Trial> frozen = new ArrayList<>();
    for (BundledSink sink : BundledSink.ALL) {
      frozen.add(frozenAmidSend(trials, sink));
      frozen.add(frozenAmidRest(trials, sink));
      frozen.add(frozenIdle(trials, sink));
    }
    LockSupport.parkNanos(MINUTES.toNanos());
    for (Trial trial : frozen) {
      thawAndEnd(trial);
    }
  }

  private static Trial frozenAmidSend(Trials trials, BundledSink sink) throws Exception {
    Trial trial = held(trials.of(sink)).start();
    trial.destination().respondNext(ScriptedResponse.hang());
    freezeAmidFirstRequest(trial);
    trial.destination().closeConnections();
    return trial;
  }

  private static Trial frozenAmidRest(Trials trials, BundledSink sink) throws Exception {
    Trial trial = held(trials.of(sink)).start();
    trial.fail(ScriptedResponse.status(503));
    trial.invoke(1);
    trial.sandbox().thaw();
    await().atMost(SOON).until(() -> !trial.said().isEmpty());
    trial.sandbox().freeze();
    trial.heal();
    return trial;
  }

  private static Trial frozenIdle(Trials trials, BundledSink sink) throws Exception {
    Trial trial = trials.of(sink).environment("PUSHER_FLUSH", "end").start();
    trial.invoke(1);
    return trial;
  }

  private static TrialBuilder held(TrialBuilder builder) {
    return builder
        .environment("PUSHER_FLUSH", "end")
        .environment("PUSHER_MAX_HOLD_MS", Integer.toString(HOLD_MILLIS));
  }

  /// A first send may take longer than an invocation is held; the platform's next thaw then lets it
  /// go on.
  private static void freezeAmidFirstRequest(Trial trial) throws Exception {
    trial.invoke(1);
    trial.sandbox().thaw();
    List<ReceivedRequest> _ = trial.destination().awaitRequests(1, SOON);
    trial.sandbox().freeze();
  }

  private static void thawAndEnd(Trial trial) throws Exception {
    int before = trial.destination().requests().size();
    trial.invoke(1);
    assertThat(trial.destination().requests())
        .hasSizeLessThanOrEqualTo(before + REQUESTS_AFTER_MAX);
    trial.end();
  }
}
