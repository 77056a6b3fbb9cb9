package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// More is logged than the buffer can hold.
@Chapter("Memory")
class OverflowIT {
  private static final int INVOCATIONS = 60;
  private static final int LINES = 1_600;
  private static final int LINE_BYTES = 1_000;

  /// Gives the platform's deliveries time to arrive, as a working function does.
  private static final int FUNCTION_MILLIS = 25;

  private static final long MEGABYTE = 1024 * 1024;
  private static final long BUFFER_MEGABYTES = 8;

  /// The heap's upper end, which the launcher sets.
  private static final long HEAP_BYTES_MAX = (BUFFER_MEGABYTES * 5 / 4 + 24) * MEGABYTE;

  /// The JVM's own memory that no heap holds: code, classes, stacks, the collector's tables.
  private static final long BESIDE_HEAP_BYTES_MAX = 32 * MEGABYTE;

  private static final int RECOVERY_INVOCATIONS_MAX = 40;
  private static final int RECOVERY_FUNCTION_MILLIS = 200;
  private static final int RECOVERY_LINES = 20;

  @Sinks
  @Fault(
      value = "an outage of 60 invocations of 1.6 MB each, with `PUSHER_BUFFER_MB=8`",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 2_250)
  void outageDropsTheOldestRecords(BundledSink sink, FaultRuns runs) throws Exception {
    Deliveries deliveries = outage(runs.of(sink));

    assertThat(deliveries.lost())
        .as("none of those that came after the outage")
        .allMatch(line -> line <= INVOCATIONS * LINES);
  }

  @Sinks
  @Fault(
      value = "an outage of 60 invocations, as above, with `PUSHER_OVERFLOW=drop-newest`",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 2_250)
  void outageDropsTheNewestRecords(BundledSink sink, FaultRuns runs) throws Exception {
    Deliveries deliveries = outage(runs.of(sink).environment("PUSHER_OVERFLOW", "drop-newest"));

    long kept = BUFFER_MEGABYTES * MEGABYTE / 2 / LINE_BYTES;
    assertThat(deliveries.lost()).as("the oldest are kept").allMatch(line -> line > kept);
  }

  private Deliveries outage(FaultRunBuilder builder) throws Exception {
    AtomicBoolean recovering = new AtomicBoolean();
    FaultRun run =
        builder
            .environment("PUSHER_BUFFER_MB", Long.toString(BUFFER_MEGABYTES))
            .timeoutMillis(10_000)
            .function((invocation, lines) -> {
              boolean calm = recovering.get();
              lines.write(invocation, calm ? RECOVERY_LINES : LINES, LINE_BYTES);
              invocation.take(calm ? RECOVERY_FUNCTION_MILLIS : FUNCTION_MILLIS);
            })
            .start();
    run.fail(ScriptedResponse.status(503));
    run.invoke(INVOCATIONS);
    long anonymous = run.sandbox().extensions().getFirst().memory().anonymousBytes();
    run.heal();
    recovering.set(true);
    recover(run);
    run.end();

    assertThat(anonymous).as("memory").isLessThan(HEAP_BYTES_MAX + BESIDE_HEAP_BYTES_MAX);
    Deliveries deliveries = run.deliveries();
    assertThat(deliveries.number("dropped_overflow")).isPositive();
    assertThat(deliveries.firstArrivals()).endsWith(deliveries.written());
    return deliveries;
  }

  /// New lines arrive after the buffered ones.
  private void recover(FaultRun run) throws InterruptedException {
    int before = run.deliveries().written();
    for (int i = 0; i < RECOVERY_INVOCATIONS_MAX; i++) {
      run.invoke(1);
      List<Integer> arrived = run.deliveries().arrived();
      if (!arrived.isEmpty() && arrived.getLast() > before) {
        return;
      }
    }
  }
}
