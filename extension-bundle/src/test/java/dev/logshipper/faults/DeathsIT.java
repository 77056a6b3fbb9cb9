package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;

/// The extension's own process dies. The platform must not notice: it would fail the invocation.
@Chapter("Shutdowns and crashes")
class DeathsIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  /// The start of another JVM, with a margin for a busy machine.
  private static final int START_MILLIS_MAX = 2_000;

  @Tag("arm64")
  @Sinks
  @Fault(
      value = "the extension's JVM is killed between invocations",
      user = "Java exited, restarting it",
      heldMillisMax = START_MILLIS_MAX)
  void jvmIsKilledBetweenInvocations(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).environment("PUSHER_FLUSH", "end").start();
    run.invoke(1);
    run.killJava();
    run.invoke(2);
    run.end();

    reportsItsDeathOnce(run);
    assertThat(run.destination().lines())
        .as("the launcher's line, shipped by the next Java")
        .anyMatch(line -> line.contains("Java exited with status 137"));
  }

  @Tag("arm64")
  @Sinks
  @Fault(
      value = "the extension's JVM is killed during an invocation",
      user = "Java exited, restarting it",
      lost = Lost.UNCOUNTED,
      heldMillisMax = START_MILLIS_MAX)
  void jvmIsKilledDuringAnInvocation(BundledSink sink, FaultRuns runs) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    FaultRun run =
        runs.of(sink)
            .environment("PUSHER_FLUSH", "end")
            .function((invocation, lines) -> {
              lines.write(invocation, FaultRunBuilder.LINES, FaultRunBuilder.LINE_BYTES);
              running.countDown();
              killed.await();
              lines.write(invocation, FaultRunBuilder.LINES, FaultRunBuilder.LINE_BYTES);
            })
            .start();
    CompletableFuture<InvocationOutcome> first = run.sandbox().invokeAsync("{}");
    running.await();
    run.killJava();
    killed.countDown();
    assertThat(run.noted(first.get()).succeeded()).isTrue();
    run.invoke(1);
    run.end();

    reportsItsDeathOnce(run);
    losesNothingButItsFirstLines(run);
  }

  @Sinks
  @Fault(
      value = "the extension's JVM is killed during a send",
      user = "Java exited, restarting it",
      lost = Lost.UNCOUNTED,
      heldMillisMax = START_MILLIS_MAX)
  void jvmIsKilledDuringASend(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run =
        runs.of(sink)
            .environment("PUSHER_FLUSH", "end")
            .environment("PUSHER_MAX_HOLD_MS", "500")
            .start();
    run.destination().respondNext(ScriptedResponse.hang());
    run.invoke(1);
    run.sandbox().thaw();
    var _ = run.destination().awaitRequests(1, SOON);
    run.killJava();
    run.invoke(2);
    run.end();

    reportsItsDeathOnce(run);
    losesNothingButItsFirstLines(run);
  }

  private static void losesNothingButItsFirstLines(FaultRun run) {
    assertThat(run.deliveries().lost())
        .as("only records held by the dead process")
        .allMatch(line -> line <= FaultRunBuilder.LINES);
  }

  private static void reportsItsDeathOnce(FaultRun run) {
    assertThat(run.output())
        .singleElement()
        .asString()
        .contains("Java exited with status 137", "restarting it");
  }

  @Tag("arm64")
  @Sinks
  @Fault(
      value = "the extension's JVM is killed three times in a row",
      user = "no logs are shipped from now on (once)",
      lost = Lost.UNCOUNTED,
      heldMillisMax = START_MILLIS_MAX)
  void jvmIsKilledThreeTimes(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).environment("PUSHER_FLUSH", "end").start();
    run.invoke(1);
    for (int death = 0; death < 3; death++) {
      run.killJava();
      run.invoke(1);
    }
    run.invoke(2);
    run.end();

    assertThat(run.output())
        .filteredOn(line -> line.contains("no logs are shipped from now on"))
        .hasSize(1);
    losesNothingBefore(run);
  }

  private static void losesNothingBefore(FaultRun run) {
    assertThat(run.deliveries().lost())
        .as("none that was sent before the first death")
        .allMatch(line -> line > FaultRunBuilder.LINES);
  }
}
