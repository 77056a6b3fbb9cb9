package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.InvocationOutcome.Status;
import dev.logshipper.sandbox.environment.ShutdownOutcome;
import dev.logshipper.sandbox.environment.TelemetryBehaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/// The ends of an environment: caused by the function or by the platform, with SHUTDOWN or without.
@Chapter("Shutdowns and crashes")
class EndsIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  /// The duration of a first send, with a margin for a busy machine.
  private static final int FIRST_SEND_MILLIS_MAX = 1_000;

  /// Time in which the platform delivers the function's lines.
  private static final int DELIVERY_MILLIS = 250;

  /// Long enough for the extension to take a retry for ended, if it mistakes it for the first
  /// attempt.
  private static final int RETRY_MILLIS = 200;

  /// The time between SHUTDOWN and SIGKILL, less a margin.
  private static final double END_MILLIS_MAX = 2_000 - 200;

  @Sinks
  @Fault(
      value = "the function times out",
      platform = "the timeout, a reset",
      heldMillisMax = FIRST_SEND_MILLIS_MAX)
  void functionTimesOut(BundledSink sink, FaultRuns runs) throws Exception {
    endsInItsFirstInvocation(
        runs.of(sink).timeoutMillis(2_000), (invocation, _) -> invocation.hang(), Status.TIMEOUT);
  }

  @Sinks
  @Fault(
      value = "the function's process ends with an error",
      platform = "`Runtime.ExitError`, a reset",
      heldMillisMax = FIRST_SEND_MILLIS_MAX)
  void functionExitsWithAnError(BundledSink sink, FaultRuns runs) throws Exception {
    endsInItsFirstInvocation(
        runs.of(sink),
        (invocation, _) -> {
          throw invocation.crash(1);
        },
        Status.ERROR);
  }

  @Sinks
  @Fault(
      value = "the function's process ends with exit code 0",
      platform = "`Runtime.ExitError`, a reset",
      heldMillisMax = FIRST_SEND_MILLIS_MAX)
  void functionExitsWithCodeZero(BundledSink sink, FaultRuns runs) throws Exception {
    endsInItsFirstInvocation(
        runs.of(sink),
        (invocation, _) -> {
          throw invocation.crash(0);
        },
        Status.ERROR);
  }

  @Sinks
  @Fault(
      value = "the function is killed because it exhausted its memory",
      platform = "`Runtime.OutOfMemory`, a reset",
      heldMillisMax = FIRST_SEND_MILLIS_MAX)
  void functionRunsOutOfMemory(BundledSink sink, FaultRuns runs) throws Exception {
    endsInItsFirstInvocation(
        runs.of(sink),
        (invocation, _) -> {
          throw invocation.runOutOfMemory();
        },
        Status.ERROR);
  }

  /// The lines before the end arrive, and those of the next environment.
  private static void endsInItsFirstInvocation(
      FaultRunBuilder builder, FaultRunFunction end, Status status) throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    FaultRun run =
        builder
            .function((invocation, lines) -> {
              lines.write(invocation, FaultRunBuilder.LINES, FaultRunBuilder.LINE_BYTES);
              if (!ended.getAndSet(true)) {
                end.handle(invocation, lines);
              }
            })
            .start();
    assertThat(run.invokeOnce().status()).isEqualTo(status);
    run.invoke(2);
    run.end();

    assertThat(run.output()).isEmpty();
    assertThat(filesIn(run.sandbox().temporaryFolder()))
        .as("files in /tmp, which survives")
        .isEmpty();
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Tag("arm64")
  @Sinks
  @Fault(value = "SHUTDOWN is the very first event", heldMillisMax = 0)
  void shutdownIsTheFirstEvent(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).start();
    endsInTime(run);
  }

  @Sinks
  @Fault(value = "SHUTDOWN during a send of half a second", heldMillisMax = FIRST_SEND_MILLIS_MAX)
  void shutdownDuringASend(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run =
        runs.of(sink)
            .environment("PUSHER_FLUSH", "end")
            .environment("PUSHER_MAX_HOLD_MS", "100")
            .start();
    run.destination().respondNext(run.stored(response -> response.after(Duration.ofMillis(500))));
    run.invoke(1);
    run.sandbox().thaw();
    var _ = run.destination().awaitRequests(1, SOON);
    endsInTime(run);
  }

  @Sinks
  @Fault(
      value = "SHUTDOWN, and the last lines are delivered 40 ms later",
      heldMillisMax = FIRST_SEND_MILLIS_MAX)
  void lastLinesAreDeliveredAfterShutdown(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run =
        runs.of(sink).telemetry(TelemetryBehaviour.standard().lastDeliveryDelayMillis(40)).start();
    run.invoke(1);
    run.emit(FaultRunBuilder.LINES);
    endsInTime(run);
  }

  @Sinks
  @Fault(
      value = "SHUTDOWN, and the destination has stopped responding",
      user = "ledger",
      lost = Lost.COUNTED,
      heldMillisMax = FIRST_SEND_MILLIS_MAX)
  void destinationIsSilentDuringShutdown(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).environment("PUSHER_FLUSH", "next-invoke").start();
    run.invoke(2);
    run.fail(ScriptedResponse.hang());
    run.emit(FaultRunBuilder.LINES);
    endsInTime(run);

    Deliveries deliveries = run.deliveries();
    assertThat(deliveries.number("left_behind")).isPositive();
    assertThat(deliveries.number("left_behind") + deliveries.number("delivered"))
        .isEqualTo(deliveries.number("received"));
  }

  private static void endsInTime(FaultRun run) throws InterruptedException {
    ShutdownOutcome.ExtensionEnd end = run.end();
    assertThat(end.millis()).as("milliseconds to the end").isLessThan(END_MILLIS_MAX);
  }

  @Sinks
  @Fault(
      value = "killed without SHUTDOWN, with `PUSHER_FLUSH=end`",
      heldMillisMax = FIRST_SEND_MILLIS_MAX)
  void killedAfterAFlush(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).environment("PUSHER_FLUSH", "end").start();
    run.invoke(2);
    run.killEverything();
  }

  @Sinks
  @Fault(
      value =
          "killed without SHUTDOWN after an asynchronous retry, which has the request id of its first"
              + " attempt, with `PUSHER_FLUSH=end`",
      heldMillisMax = FIRST_SEND_MILLIS_MAX)
  void killedAfterARetryWithTheSameRequestId(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run =
        runs.of(sink)
            .environment("PUSHER_FLUSH", "end")
            .function((invocation, lines) -> {
              lines.write(invocation, FaultRunBuilder.LINES, FaultRunBuilder.LINE_BYTES);
              invocation.take(RETRY_MILLIS);
            })
            .start();
    String requestId = run.invokeOnce().requestId();
    assertThat(run.noted(run.sandbox().invoke("{}", requestId)).succeeded()).isTrue();
    run.killEverything();
  }

  @Sinks
  @Fault(
      value = "killed without SHUTDOWN, with `PUSHER_FLUSH=next-invoke`",
      lost = Lost.UNCOUNTED,
      heldMillisMax = FIRST_SEND_MILLIS_MAX)
  void killedBeforeTheFlush(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run =
        runs.of(sink)
            .environment("PUSHER_FLUSH", "next-invoke")
            .function((invocation, lines) -> {
              lines.write(invocation, FaultRunBuilder.LINES, FaultRunBuilder.LINE_BYTES);
              invocation.take(DELIVERY_MILLIS);
            })
            .start();
    run.invoke(2);
    run.killEverything();

    assertThat(run.deliveries().lost())
        .as("only lines of the last invocation")
        .allMatch(line -> line > FaultRunBuilder.LINES);
  }

  @Sinks
  @Fault(
      value = "killed without SHUTDOWN, and the destination was always unreachable",
      user = "destination unreachable (once)",
      lost = Lost.UNCOUNTED,
      heldMillisMax = 2_250)
  void killedWithAnUnreachableDestination(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).start();
    run.fail(ScriptedResponse.status(503));
    run.invoke(2);
    run.killEverything();

    assertThat(run.deliveries().arrived()).isEmpty();
  }
}
