package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// The environment is frozen during a send for longer than the send may last.
@Chapter("Freezes")
class LongFreezeIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int REQUEST_SECONDS_MAX = 2;
  private static final Duration FREEZE = Duration.ofMillis(3_500);
  private static final int HOLD_MILLIS = 200;
  private static final int HOLD_MILLIS_MAX = 2_250;
  private static final List<String> FLUSH_MODES = List.of("background", "batch", "auto");

  @Sinks
  @Fault(
      value =
          "for longer than the request timeout, and the response arrives meanwhile"
              + " (`PUSHER_FLUSH=background`, `batch`, `auto`)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void responseArrivesMeanwhile(BundledSink sink, FaultRuns runs) throws Exception {
    List<FaultRun> frozen = new ArrayList<>();
    for (String mode : FLUSH_MODES) {
      FaultRun run = start(runs.of(sink), mode);
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch isFrozen = new CountDownLatch(1);
      run.destination()
          .respondNext(
              run.stored(response -> {
                asked.countDown();
                awaitUninterrupted(isFrozen);
                return response;
              }));
      run.invoke(1);
      run.sandbox().thaw();
      asked.await();
      run.sandbox().freeze();
      isFrozen.countDown();
      await().atMost(SOON).until(() -> run.destination().requests().getFirst().responded());
      frozen.add(run);
    }
    thawLater(frozen);

    for (FaultRun run : frozen) {
      assertThat(run.deliveries().number("retries")).isZero();
    }
  }

  @Sinks
  @Fault(
      value =
          "for longer than the request timeout, and the server is gone without a word, and without"
              + " having stored the request (`PUSHER_FLUSH=background`, `batch`, `auto`)",
      user = "nothing, or destination unreachable (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void serverIsGoneSilently(BundledSink sink, FaultRuns runs) throws Exception {
    thawLater(frozenWhileHanging(sink, runs));
  }

  @Sinks
  @Fault(
      value =
          "for longer than the request timeout, and the server has closed the connection without"
              + " having stored the request (`PUSHER_FLUSH=background`, `batch`, `auto`)",
      user = "nothing, or destination unreachable (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void serverHasClosedTheConnection(BundledSink sink, FaultRuns runs) throws Exception {
    List<FaultRun> frozen = frozenWhileHanging(sink, runs);
    for (FaultRun run : frozen) {
      run.destination().closeConnections();
    }
    thawLater(frozen);
  }

  private static List<FaultRun> frozenWhileHanging(BundledSink sink, FaultRuns runs)
      throws Exception {
    List<FaultRun> frozen = new ArrayList<>();
    for (String mode : FLUSH_MODES) {
      FaultRun run = start(runs.of(sink), mode);
      run.destination().respondNext(ScriptedResponse.hang());
      run.invoke(1);
      run.sandbox().thaw();
      List<ReceivedRequest> _ = run.destination().awaitRequests(1, SOON);
      run.sandbox().freeze();
      frozen.add(run);
    }
    return frozen;
  }

  private static FaultRun start(FaultRunBuilder builder, String mode) throws InterruptedException {
    return builder
        .environment("PUSHER_FLUSH", mode)
        .environment("PUSHER_BATCH_INVOKES", "1")
        .environment("PUSHER_S3_SHIP_RATE_INVOKES", "1")
        .environment("PUSHER_MAX_HOLD_MS", Integer.toString(HOLD_MILLIS))
        .requestTimeoutSeconds(REQUEST_SECONDS_MAX)
        .start();
  }

  /// The test sleeps because the time spent frozen is its subject.
  private static void thawLater(List<FaultRun> frozen) throws InterruptedException {
    LockSupport.parkNanos(FREEZE.toNanos());
    for (FaultRun run : frozen) {
      run.invoke(2);
      run.end();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
