package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.bundle.UnpackedLayer;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.TelemetryBehaviour;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The JVM's memory limit, and its death when that is not enough.
@Chapter("Memory")
class JvmMemoryIT {
  private static final int MEBIBYTE = 1024 * 1024;

  /// A line is slightly shorter, to reserve space for its number and the destination's overhead.
  private static final int LARGE_LINE_BYTES = MEBIBYTE - 1_000;

  private static final int LARGE_LINES = 10;
  private static final int SMALL_LINES = 1_000;

  /// Lets deliveries arrive while the function runs.
  private static final int FUNCTION_MILLIS = 1_000;

  /// Enough to start, far too small for a buffer of 20 MB.
  private static final String TINY_HEAP = "exec \"$java\" \"${@/#-Xmx*/-Xmx12m}\"\n";

  @TempDir static Path folder;

  @BeforeAll
  static void unpack() throws Exception {
    UnpackedLayer _ = UnpackedLayer.in(folder).withJava(TINY_HEAP);
  }

  /// No real heap is as small. The test shows that a JVM without memory exits instead of hanging.
  @Sinks
  @Fault(
      value = "the extension's JVM repeatedly runs out of memory",
      user = "Java exited with status 3; after the third time in a row: no logs are shipped",
      lost = Lost.UNCOUNTED,
      heldMillisMax = 2_250)
  void jvmRepeatedlyRunsOutOfMemory(BundledSink sink, FaultRuns runs) throws Exception {
    FaultRun run =
        platformBufferingMost(runs.of(sink))
            .layer(folder)
            .function((invocation, lines) -> lines.write(invocation, LARGE_LINES, MEBIBYTE))
            .start();
    run.fail(ScriptedResponse.status(503));
    run.invoke(8);
    run.end();

    assertThat(run.output()).anyMatch(line -> line.contains("Java exited with status 3,"));
  }

  @Test
  @Fault(
      value =
          "lines of 1 MiB in deliveries of maximum size, to all sinks at once, in an outage with a full buffer",
      user = "destination unreachable (once), ledger",
      lost = Lost.COUNTED,
      heldMillisMax = 5_000)
  void longLinesToAllSinksInAnOutage(FaultRuns runs) throws Exception {
    List<Destination> others = new ArrayList<>();
    try {
      FaultRunBuilder builder = platformBufferingMost(runs.of(BundledSink.ALL.getFirst()));
      for (BundledSink sink : BundledSink.ALL.subList(1, BundledSink.ALL.size())) {
        Destination other = sink.plain().get();
        others.add(other);
        builder.with(sandbox -> sandbox.environment(sink.environment(other.url())));
      }
      FaultRun run =
          builder
              .environment(
                  "PUSHER_MODE",
                  BundledSink.ALL.stream().map(BundledSink::mode).collect(Collectors.joining(",")))
              .timeoutMillis(30_000)
              .function((invocation, lines) -> {
                for (int i = 0; i < LARGE_LINES; i++) {
                  invocation.log(lines.next(LARGE_LINE_BYTES));
                }
                lines.write(invocation, SMALL_LINES, 0);
                invocation.take(FUNCTION_MILLIS);
              })
              .start();
      run.fail(ScriptedResponse.status(503));
      others.forEach(other -> other.respond(ScriptedResponse.status(503)));
      run.invoke(5);
      run.end();

      assertThat(run.deliveries().number("dropped_overflow")).as("a full buffer").isPositive();
      assertThat(run.output()).noneMatch(line -> line.contains("Java exited"));
    } finally {
      others.forEach(Destination::close);
    }
  }

  private static FaultRunBuilder platformBufferingMost(FaultRunBuilder builder) {
    return builder
        .environment("PUSHER_PLATFORM_MAX_ITEMS", "10000")
        .environment("PUSHER_PLATFORM_MAX_BYTES", Integer.toString(MEBIBYTE))
        .telemetry(TelemetryBehaviour.standard().bufferBytesMax(64 * MEBIBYTE));
  }
}
