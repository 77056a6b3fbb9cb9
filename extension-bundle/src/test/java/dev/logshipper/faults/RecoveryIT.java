package dev.logshipper.faults;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ScriptedResponse;

/// The destination recovers from a fault that looks permanent, or needs another attempt.
@Chapter("The destination")
class RecoveryIT {
  private static final int INVOCATIONS = 3;
  private static final int HOLD_MILLIS_MAX = 2_250;

  @Sinks
  @Fault(
      value = "accepts records, rejects others with 403 for a while, and accepts them again",
      user = "endpoint rejects (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void returns403AfterSuccess(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).environment("PUSHER_FLUSH", "end").start();
    run.invoke(INVOCATIONS);
    run.fail(ScriptedResponse.status(403));
    run.invoke(INVOCATIONS);
    run.heal();
    run.invoke(INVOCATIONS);
    run.end();
  }

  @Sinks
  @Fault(
      value = "returns 503 with `Retry-After: 3600` once",
      user = "destination busy (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void asksForAnHour(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).environment("PUSHER_FLUSH", "end").start();
    run.destination().respondNext(ScriptedResponse.status(503).retryAfterSeconds(3_600));
    run.invoke(INVOCATIONS);
    run.end();
  }

  @Sinks
  @Fault(
      value = "never responds to one request, which is in flight at the shutdown",
      user = "nothing, or destination unreachable (once)",
      heldMillisMax = HOLD_MILLIS_MAX)
  void hangsOnceBeforeTheShutdown(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).environment("PUSHER_FLUSH", "end").start();
    run.destination().respondNext(ScriptedResponse.hang());
    run.invoke(1);
    run.end();
  }
}
