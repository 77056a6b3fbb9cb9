package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.InvocationOutcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// The process ends while the destination is down, with `PUSHER_SPOOL_MB`.
@Chapter("Shutdowns and crashes")
class SpoolIT {
  /// The start of another JVM, with a margin for a busy machine.
  private static final int START_MILLIS_MAX = 2_250;

  @Sinks
  @Fault(
      value = "the function times out during an outage, with `PUSHER_SPOOL_MB=8`",
      platform = "the timeout, a reset",
      user = "warnings, ledger; all records arrive later",
      lost = Lost.COUNTED,
      heldMillisMax = START_MILLIS_MAX)
  void functionTimesOutDuringAnOutage(BundledSink sink, FaultRuns runs) throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    FaultRun run =
        runs.of(sink)
            .environment("PUSHER_SPOOL_MB", "8")
            .timeoutMillis(2_000)
            .function((invocation, lines) -> {
              lines.write(invocation, FaultRunBuilder.LINES, FaultRunBuilder.LINE_BYTES);
              if (!ended.getAndSet(true)) {
                invocation.hang();
              }
            })
            .start();
    run.fail(ScriptedResponse.status(503));
    assertThat(run.invokeOnce().status()).isEqualTo(Status.TIMEOUT);
    run.heal();
    run.invoke(2);
    run.end();

    assertThat(run.deliveries().lost()).isEmpty();
    assertThat(files(run)).as("files in the spool").isZero();
  }

  @Sinks
  @Fault(
      value = "the extension's JVM is killed during an outage, with `PUSHER_SPOOL_MB=8`",
      user = "warnings, Java exited, restarting it; all records arrive later",
      lost = Lost.UNCOUNTED,
      heldMillisMax = START_MILLIS_MAX)
  void jvmIsKilledDuringAnOutage(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run =
        runs.of(sink)
            .environment("PUSHER_SPOOL_MB", "8")
            .environment("PUSHER_FLUSH", "end")
            .environment("PUSHER_MAX_HOLD_MS", "1500")
            .with(sandbox -> sandbox.freeze(false))
            .start();
    run.fail(ScriptedResponse.status(503));
    run.invoke(1);
    await().until(() -> files(run) > 0);
    run.killJava();
    run.heal();
    run.invoke(2);
    run.end();

    assertThat(run.deliveries().lost()).isEmpty();
    assertThat(files(run)).as("files in the spool").isZero();
  }

  private static long files(FaultRun run) throws IOException {
    Path spool = run.sandbox().temporaryFolder().resolve("log-shipper-spool");
    if (!Files.exists(spool)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(spool)) {
      return files.count();
    }
  }
}
