package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The second sink of a chain receives the records that the first cannot take.
@Chapter("Several sinks")
class ChainIT {
  private static final int INVOCATIONS = 5;
  private static final int HOLD_MILLIS_MAX = 2_250;
  private static final int START_MILLIS_MAX = 2_250;
  private static final int END_MILLIS_MAX = 1_900;
  private static final String BATCH_ID = "x-log-shipper-batch-id";
  private static final BundledSink FIRST = BundledSink.named("http");
  private static final BundledSink SECOND = BundledSink.named("loki");

  @Test
  @Fault(
      value = "the first of a chain (`PUSHER_MODE=http>loki`) rejects connections",
      user = "destination unreachable (once)",
      ordered = false,
      heldMillisMax = HOLD_MILLIS_MAX)
  void firstIsDown(FaultRuns runs) throws Exception {
    FaultRun run = ended(runs, chained -> chained.destination().refuseConnections());

    handedEverythingOver(run);
  }

  @Test
  @Fault(
      value = "the first of a chain accepts requests and never responds",
      user = "nothing, or destination unreachable (once)",
      ordered = false,
      heldMillisMax = HOLD_MILLIS_MAX)
  void firstHangs(FaultRuns runs) throws Exception {
    FaultRun run = ended(runs, chained -> chained.fail(ScriptedResponse.hang()));

    handedEverythingOver(run);
  }

  @Test
  @Fault(
      value = "the first of a chain rejects everything (403)",
      user = "batch rejected; records handed over",
      ordered = false,
      heldMillisMax = HOLD_MILLIS_MAX)
  void firstRejects(FaultRuns runs) throws Exception {
    FaultRun run = ended(runs, chained -> chained.fail(ScriptedResponse.status(403)));

    handedEverythingOver(run);
    assertThat(run.output()).anyMatch(line -> line.contains("records handed over"));
  }

  @Test
  @Fault(
      value = "the first of a chain returns 429 with `Retry-After: 1` to the end",
      user = "destination busy (once)",
      ordered = false,
      heldMillisMax = HOLD_MILLIS_MAX)
  void firstThrottles(FaultRuns runs) throws Exception {
    FaultRun run =
        ended(runs, chained -> chained.fail(ScriptedResponse.status(429).retryAfterSeconds(1)));

    handedEverythingOver(run);
  }

  @Test
  @Fault(
      value = "the first of a chain is down, and the extension's JVM is killed",
      user = "destination unreachable (once per JVM), Java exited, restarting it",
      lost = Lost.UNCOUNTED,
      ordered = false,
      heldMillisMax = START_MILLIS_MAX)
  void jvmDiesInTheOutage(FaultRuns runs) throws Exception {
    FaultRun run = chain(runs).start();
    run.destination().refuseConnections();
    run.invoke(INVOCATIONS);
    run.killJava();
    run.invoke(INVOCATIONS);
    run.end();

    assertThat(run.deliveries().lost())
        .as("only lines of the last invocation before the death")
        .allMatch(line ->
            line > (INVOCATIONS - 1) * FaultRunBuilder.LINES
                && line <= INVOCATIONS * FaultRunBuilder.LINES);
  }

  @Test
  @Fault(
      value = "the first of a chain returns 503, and works again",
      user = "destination busy (once)",
      ordered = false,
      heldMillisMax = HOLD_MILLIS_MAX)
  void firstHeals(FaultRuns runs) throws Exception {
    FaultRun run =
        chain(runs)
            .environment("PUSHER_RETRY_INTERVAL_MS", "100")
            .function((invocation, lines) -> {
              lines.write(invocation, FaultRunBuilder.LINES, FaultRunBuilder.LINE_BYTES);
              invocation.take(500);
            })
            .start();
    run.fail(ScriptedResponse.status(503));
    run.invoke(INVOCATIONS);
    run.heal();
    run.invoke(2 * INVOCATIONS);
    run.end();

    assertThat(numbers(run.destination().lines())).contains(run.deliveries().written());
    assertThat(numbers(run.secondDestination().lines())).contains(1);
  }

  @Test
  @Fault(
      value = "both of a chain are down, and the second works again",
      user = "destination unreachable (once per sink)",
      ordered = false,
      heldMillisMax = HOLD_MILLIS_MAX)
  void bothAreDownForAWhile(FaultRuns runs) throws Exception {
    FaultRun run = chain(runs).start();
    run.destination().refuseConnections();
    run.secondDestination().refuseConnections();
    run.invoke(INVOCATIONS);
    run.secondDestination().acceptConnections();
    run.invoke(INVOCATIONS);
    run.end();
  }

  @Test
  @Fault(
      value = "both of a chain are down to the end",
      user = "destination unreachable (once per sink), ledger",
      lost = Lost.COUNTED,
      ordered = false,
      heldMillisMax = HOLD_MILLIS_MAX)
  void bothAreDown(FaultRuns runs) throws Exception {
    FaultRun run = chain(runs).start();
    run.destination().refuseConnections();
    run.secondDestination().refuseConnections();
    run.invoke(INVOCATIONS);
    run.end();

    assertThat(run.deliveries().counted()).isGreaterThanOrEqualTo(run.deliveries().written());
  }

  @Test
  @Fault(
      value = "SHUTDOWN, and the first of a chain has stopped responding",
      user = "nothing, or destination unreachable (once)",
      ordered = false,
      heldMillisMax = HOLD_MILLIS_MAX)
  void firstHangsAtTheShutdown(FaultRuns runs) throws Exception {
    FaultRun run = chain(runs).environment("PUSHER_FLUSH", "next-invoke").start();
    run.invoke(2);
    run.fail(ScriptedResponse.hang());
    run.emit(FaultRunBuilder.LINES);
    assertThat(run.end().millis()).as("milliseconds to the end").isLessThan(END_MILLIS_MAX);
  }

  @Test
  @Fault(
      value = "the first of a chain stores requests and resets the connections",
      user = "destination unreachable (once)",
      doubled = Duplicates.UNKNOWN_OUTCOME,
      ordered = false,
      heldMillisMax = HOLD_MILLIS_MAX)
  void outcomeIsUnknown(FaultRuns runs) throws Exception {
    FaultRun run = ended(runs, chained -> chained.fail(ScriptedResponse.resetAfterBody()));

    assertThat(run.deliveries().lost()).isEmpty();
    for (ReceivedRequest attempted : run.destination().requests()) {
      assertThat(run.secondDestination().requests())
          .filteredOn(request -> request.header(BATCH_ID).equals(attempted.header(BATCH_ID)))
          .as("the same batch")
          .hasSize(1);
    }
  }

  /// A run whose first sink has a fault from before the first invocation to the end.
  private static FaultRun ended(FaultRuns runs, Consumer<FaultRun> fault) throws Exception {
    FaultRun run = chain(runs).start();
    fault.accept(run);
    run.invoke(INVOCATIONS);
    run.end();
    return run;
  }

  private static FaultRunBuilder chain(FaultRuns runs) {
    return runs.of(FIRST)
        .fallingBackOn(SECOND)
        .environment("PUSHER_FLUSH", "end")
        .environment("PUSHER_LOG_TYPES", "function");
  }

  private static void handedEverythingOver(FaultRun run) {
    Deliveries deliveries = run.deliveries();
    assertThat(deliveries.number("handed_over")).isGreaterThanOrEqualTo(deliveries.written());
    assertThat(numbers(run.secondDestination().lines())).hasSize(deliveries.written());
  }

  private static List<Integer> numbers(List<String> lines) {
    return LineWriter.numbers(lines);
  }
}
