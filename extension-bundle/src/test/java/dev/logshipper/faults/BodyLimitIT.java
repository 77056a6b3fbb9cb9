package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.function.Invocation;

/// The destination, or a proxy in front of it, accepts requests up to a size.
@Chapter("The destination")
class BodyLimitIT {
  /// The default of nginx.
  private static final int MEBIBYTE = 1024 * 1024;

  /// The default of Express.
  private static final int SMALL = 100 * 1024;

  private static final int LINES = 2_000;
  private static final int HOLD_MILLIS_MAX = 2_250;

  /// The longest that Lambda allows.
  private static final String LONG_NAME = "f".repeat(64);

  @Sinks
  @Fault(
      value =
          "returns 413 to more than 1 MiB; lines are JSON in JSON, the function's name has 64"
              + " characters",
      user = "the size in effect",
      heldMillisMax = HOLD_MILLIS_MAX)
  void acceptsOneMebibyte(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = start(sink, runs);
    run.limitBodies(MEBIBYTE);
    run.invoke(3);
    run.end();

    if (sink.client().equals("okhttp")) {
      assertThat(run.output()).isEmpty();
    }
  }

  @Sinks
  @Fault(
      value = "returns 413 to more than 100 KiB, after an outage that fills the buffer",
      user = "destination unreachable (once), the size in effect",
      heldMillisMax = HOLD_MILLIS_MAX)
  void acceptsLittleAfterAnOutage(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = start(sink, runs);
    run.fail(ScriptedResponse.status(503));
    run.invoke(3);
    run.limitBodies(SMALL);
    run.invoke(3);
    // Calls of Firehose that are this small need longer than a shutdown lasts.
    int written = run.deliveries().written();
    await().until(() -> run.deliveries().arrived().size() >= written);
    run.end();
  }

  private static FaultRun start(BundledSink sink, FaultRuns runs) throws Exception {
    return runs.of(sink)
        .with(sandbox -> sandbox.functionName(LONG_NAME))
        .timeoutMillis(20_000)
        .function(BodyLimitIT::writeNestedJson)
        .start();
  }

  /// Logs lines that grow when they are encoded as JSON again.
  private static void writeNestedJson(Invocation invocation, LineWriter lines) {
    for (int i = 0; i < LINES; i++) {
      invocation.log(
          lines.next(0) + "{\"body\":\"" + "{\\\"key\\\":\\\"value\\\"}".repeat(8) + "\"}");
    }
  }
}
