package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Two independent sinks, of which one is dead: the other's records arrive as soon as before.
@Chapter("Several sinks")
class LanesIT {
  private static final int INVOCATIONS = 10;
  private static final int HOLD_MILLIS_MAX = 2_250;

  /// Of the latency without the fault.
  private static final int LATENCY_FACTOR_MAX = 3;

  private static final long LATENCY_NANOS_MARGIN = 100_000_000;

  @Test
  @Fault(
      value = "one of two sinks (`PUSHER_MODE=http,loki`) rejects connections",
      user = "destination unreachable (once), ledger",
      heldMillisMax = HOLD_MILLIS_MAX)
  void oneRejectsConnections(FaultRuns runs) throws Exception {
    arrivesAsSoonAsBefore(runs, Destination::refuseConnections);
  }

  @Test
  @Fault(
      value = "one of two sinks accepts requests and never responds",
      user = "destination unreachable (once), ledger",
      heldMillisMax = HOLD_MILLIS_MAX)
  void oneHangs(FaultRuns runs) throws Exception {
    arrivesAsSoonAsBefore(runs, dead -> dead.respond(ScriptedResponse.hang()));
  }

  @Test
  @Fault(
      value = "one of two sinks ignores connections, as behind a firewall that drops packets",
      user = "destination unreachable (once), ledger",
      heldMillisMax = HOLD_MILLIS_MAX)
  void oneIgnoresConnections(FaultRuns runs) throws Exception {
    arrivesAsSoonAsBefore(runs, Destination::ignoreConnections);
  }

  private static void arrivesAsSoonAsBefore(FaultRuns runs, Consumer<Destination> death)
      throws Exception {
    BundledSink other = BundledSink.named("loki");
    Map<Integer, Long> writtenNanos = new ConcurrentHashMap<>();
    try (Destination dead = other.plain().get()) {
      FaultRun run =
          runs.of(BundledSink.named("http"))
              .environment("PUSHER_FLUSH", "end")
              .environment("PUSHER_MODE", "http,loki")
              .environment("PUSHER_LOG_TYPES", "function")
              .with(sandbox -> sandbox.environment(other.environment(dead.url())))
              .function((invocation, lines) -> {
                lines.write(invocation, 1, FaultRunBuilder.LINE_BYTES);
                writtenNanos.put(lines.written(), System.nanoTime());
              })
              .start();
      run.invoke(INVOCATIONS);
      death.accept(dead);
      dead.closeConnections();
      run.invoke(INVOCATIONS);
      run.end();

      long before = median(latencies(run, writtenNanos, 1, INVOCATIONS));
      long after = median(latencies(run, writtenNanos, INVOCATIONS + 1, 2 * INVOCATIONS));
      assertThat(after)
          .as("nanoseconds from a line to its request, compared with %s before", before)
          .isLessThan(LATENCY_FACTOR_MAX * before + LATENCY_NANOS_MARGIN);
    }
  }

  private static List<Long> latencies(
      FaultRun run, Map<Integer, Long> writtenNanos, int first, int last) {
    List<Long> latencies = new ArrayList<>();
    for (ReceivedRequest request : run.destination().requests()) {
      for (int number : LineWriter.numbers(request.lines())) {
        if (number >= first && number <= last) {
          long written = Objects.requireNonNull(writtenNanos.get(number));
          latencies.add(request.receivedNanos() - written);
        }
      }
    }
    assertThat(latencies).hasSize(last - first + 1);
    return latencies;
  }

  private static long median(List<Long> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }
}
