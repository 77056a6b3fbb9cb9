package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.TelemetryBehaviour;

/// The platform reports less than usual, or later.
@Chapter("Settings and other extensions")
class PlatformIT {
  private static final int INVOCATIONS = 3;

  @Sinks
  @Fault(
      value = "the platform accepts subscriptions (202) and never delivers, as emulators do",
      user = "one line",
      lost = Lost.NOT_DELIVERED,
      heldMillisMax = 250)
  void acceptsSubscriptionsAndNeverDelivers(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).telemetry(TelemetryBehaviour.standard().stub202()).start();
    run.invoke(INVOCATIONS);
    run.end();

    assertThat(run.output()).singleElement().asString().contains("delivers nothing");
  }

  @Sinks
  @Fault(
      value = "the platform rejects every subscription",
      user = "one warning",
      lost = Lost.NOT_DELIVERED,
      heldMillisMax = 250)
  void rejectsAllSubscriptions(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run =
        runs.of(sink)
            .telemetry(TelemetryBehaviour.standard().logsOnly().rejecting("2021-03-18"))
            .start();
    run.invoke(INVOCATIONS);
    run.end();

    assertThat(run.output())
        .singleElement()
        .asString()
        .contains("the platform rejected the log subscription (400)");
  }

  @Sinks
  @Fault(value = "the platform supports only the oldest telemetry schema", heldMillisMax = 700)
  void supportsOnlyTheOldestSchema(BundledSink sink, FaultRuns runs) throws Exception {
    allArrives(runs.of(sink).telemetry(standard().rejecting("2025-01-29", "2022-12-13")));
  }

  @Sinks
  @Fault(value = "the platform has no Telemetry API, only the Logs API", heldMillisMax = 700)
  void hasOnlyTheLogsApi(BundledSink sink, FaultRuns runs) throws Exception {
    allArrives(runs.of(sink).telemetry(standard().logsOnly()));
  }

  @Sinks
  @Fault(
      value = "the end of an invocation is reported before its start (a function of 1 ms)",
      heldMillisMax = 700)
  void reportsTheEndOfAnInvocationBeforeItsStart(BundledSink sink, FaultRuns runs)
      throws Exception {
    allArrives(runs.of(sink).telemetry(standard().runtimeDoneBeforeInvoke()));
  }

  private static TelemetryBehaviour standard() {
    return TelemetryBehaviour.standard();
  }

  private static void allArrives(FaultRunBuilder builder) throws Exception {
    FaultRun run = builder.start();
    run.invoke(INVOCATIONS);
    run.end();

    assertThat(run.output()).isEmpty();
    assertThat(run.deliveries().stored())
        .as("the platform's own records, too")
        .isGreaterThan(run.deliveries().written() + INVOCATIONS);
  }

  @Sinks
  @Fault(
      value = "the platform drops lines before delivery (`platform.logsDropped`)",
      user = "one warning, ledger (`platform_dropped`)",
      lost = Lost.COUNTED,
      heldMillisMax = 2_250)
  void dropsLinesBeforeDelivery(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run =
        runs.of(sink)
            .telemetry(standard().bufferBytesMax(32 * 1024))
            .function(
                (invocation, lines) -> lines.write(invocation, 500, FaultRunBuilder.LINE_BYTES))
            .start();
    run.invoke(INVOCATIONS);
    run.end();

    Deliveries deliveries = run.deliveries();
    assertThat(deliveries.lost()).isNotEmpty();
    assertThat(deliveries.number("platform_dropped"))
        .isGreaterThanOrEqualTo(deliveries.lost().size());
    assertThat(deliveries.number("dropped")).isZero();
    assertThat(run.output())
        .filteredOn(line -> line.contains("the platform dropped records before their delivery"))
        .hasSize(1);
  }

  @Sinks
  @Fault(
      value = "Managed Instances: the destination accepts requests and never responds",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 0)
  void managedInstancesWithASilentDestination(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run = runs.of(sink).with(sandbox -> sandbox.managedInstances(true)).start();
    run.fail(ScriptedResponse.hang());
    for (int i = 0; i < INVOCATIONS; i++) {
      InvocationOutcome outcome = run.invokeOnce();
      assertThat(outcome.succeeded()).isTrue();
      assertThat(outcome.durationMillis()).as("the function's own time").isLessThan(250);
    }
    run.end();

    assertThat(run.deliveries().number("delivered")).isZero();
    assertThat(run.deliveries().number("received"))
        .isGreaterThanOrEqualTo(run.deliveries().written());
  }
}
