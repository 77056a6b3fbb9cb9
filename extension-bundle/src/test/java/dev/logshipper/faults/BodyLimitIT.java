package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

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

  /// More than 1 MiB per invocation.
  private static final int MANY = 2_000;

  /// Few enough for small calls of Firehose within a shutdown.
  private static final int FEW = 400;

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
    FaultRun run = start(sink, runs, MANY);
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
    FaultRun run = start(sink, runs, FEW);
    run.fail(ScriptedResponse.status(503));
    run.invoke(3);
    run.limitBodies(SMALL);
    run.invoke(3);
    run.end();
  }

  private static FaultRun start(BundledSink sink, FaultRuns runs, int count) throws Exception {
    return runs.of(sink)
        .with(sandbox -> sandbox.functionName(LONG_NAME))
        .timeoutMillis(20_000)
        .function((invocation, lines) -> writeNestedJson(invocation, lines, count))
        .start();
  }

  /// Logs lines that grow when they are encoded as JSON again.
  private static void writeNestedJson(Invocation invocation, LineWriter lines, int count) {
    for (int i = 0; i < count; i++) {
      invocation.log(
          lines.next(0) + "{\"body\":\"" + "{\\\"key\\\":\\\"value\\\"}".repeat(8) + "\"}");
    }
  }
}
