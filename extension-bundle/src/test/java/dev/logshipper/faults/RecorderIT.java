package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.environment.InvocationOutcome.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Ends of a function or of the extension while `PUSHER_KEEP=failed` holds the lines of an
/// invocation. Invocations that succeed write lines that are not numbered.
@Chapter("The flight recorder")
class RecorderIT {
  private static final int HOLD_MILLIS_MAX = 2_250;
  private static final int MEGABYTES = 4;

  @Test
  @Fault(
      value = "the function times out while `PUSHER_KEEP=failed` holds its lines",
      platform = "the timeout, a reset",
      heldMillisMax = HOLD_MILLIS_MAX)
  void functionTimesOut(FaultRuns runs) throws Exception {
    failsInItsSecondInvocation(runs, (invocation, _) -> invocation.hang(), Status.TIMEOUT);
  }

  @Test
  @Fault(
      value = "the function's process ends with an error while its lines are held",
      platform = "`Runtime.ExitError`, a reset",
      heldMillisMax = HOLD_MILLIS_MAX)
  void functionCrashes(FaultRuns runs) throws Exception {
    failsInItsSecondInvocation(
        runs,
        (invocation, _) -> {
          throw invocation.crash(1);
        },
        Status.ERROR);
  }

  @Test
  @Fault(
      value = "the function is killed because it exhausted its memory while its lines are held",
      platform = "`Runtime.OutOfMemory`, a reset",
      heldMillisMax = HOLD_MILLIS_MAX)
  void functionRunsOutOfMemory(FaultRuns runs) throws Exception {
    failsInItsSecondInvocation(
        runs,
        (invocation, _) -> {
          throw invocation.runOutOfMemory();
        },
        Status.ERROR);
  }

  private static void failsInItsSecondInvocation(
      FaultRuns runs, FaultRunFunction end, Status status) throws Exception {
    AtomicInteger invocations = new AtomicInteger();
    FaultRun run =
        recording(runs)
            .timeoutMillis(2_000)
            .function((invocation, lines) -> {
              if (invocations.incrementAndGet() == 2) {
                lines.write(invocation, FaultRunBuilder.LINES, FaultRunBuilder.LINE_BYTES);
                end.handle(invocation, lines);
              } else {
                invocation.log("of a success");
              }
            })
            .start();
    run.invoke(1);
    assertThat(run.invokeOnce().status()).isEqualTo(status);
    run.invoke(2);
    run.end();

    assertThat(run.destination().lines()).noneMatch(line -> line.contains("of a success"));
    assertThat(run.deliveries().number("filtered_keep")).isPositive();
  }

  @Test
  @Fault(
      value = "the extension's JVM is killed while lines are held",
      user = "Java exited, restarting it",
      lost = Lost.UNCOUNTED,
      heldMillisMax = HOLD_MILLIS_MAX)
  void jvmIsKilled(FaultRuns runs) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    FaultRun run =
        recording(runs)
            .function((invocation, lines) -> {
              lines.write(invocation, FaultRunBuilder.LINES, FaultRunBuilder.LINE_BYTES);
              running.countDown();
              killed.await();
              lines.write(invocation, FaultRunBuilder.LINES, FaultRunBuilder.LINE_BYTES);
              invocation.log("[ERROR] gave up");
            })
            .start();
    CompletableFuture<?> first = run.sandbox().invokeAsync("{}").thenApply(run::noted);
    running.await();
    run.killJava();
    killed.countDown();
    first.join();
    run.end();

    assertThat(run.deliveries().lost())
        .as("only records held by the dead process")
        .allMatch(line -> line <= FaultRunBuilder.LINES);
  }

  @Test
  @Fault(
      value = "an invocation that fails writes more than `PUSHER_BUFFER_MB=2` can hold",
      user = "ledger (`dropped_recorder_full`)",
      lost = Lost.COUNTED,
      heldMillisMax = HOLD_MILLIS_MAX)
  void heldLinesExceedTheBuffer(FaultRuns runs) throws Exception {
    FaultRun run =
        recording(runs)
            .environment("PUSHER_BUFFER_MB", "2")
            .timeoutMillis(10_000)
            .function((invocation, lines) -> {
              for (int i = 0; i < MEGABYTES * 10; i++) {
                lines.write(invocation, 100, 1_000);
                invocation.take(10);
              }
              invocation.log("[ERROR] gave up");
            })
            .start();
    assertThat(run.invokeOnce().status()).isEqualTo(Status.SUCCESS);
    run.end();

    Deliveries deliveries = run.deliveries();
    assertThat(deliveries.number("dropped_recorder_full")).isPositive();
    assertThat(deliveries.lost())
        .as("the last lines are kept")
        .doesNotContain(deliveries.written());
  }

  private static FaultRunBuilder recording(FaultRuns runs) {
    return runs.of(BundledSink.named("http"))
        .environment("PUSHER_FLUSH", "end")
        .environment("PUSHER_KEEP", "failed");
  }
}
