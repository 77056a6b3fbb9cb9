package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.function.Invocation;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The savings of control on ordinary traffic: 20 lines of 150 bytes per invocation, one invocation
/// in fifty fails. docs/control.md states the shares.
@ExtendWith(SandboxExtension.class)
class SavingsIT {
  private static final int INVOCATIONS = 200;
  private static final int FAILS_EVERY = 50;
  private static final int LINES = 20;

  @Test
  void flightRecorderShipsLessThanATenthOfTheBytes() throws Exception {
    long all = bytesShipped("http", Map.of());
    long failed = bytesShipped("http", Map.of("PUSHER_KEEP", "failed"));
    assertThat((double) failed / all).isLessThan(0.1);
  }

  @Test
  void errorsAloneAreLessThanAFiftiethOfTheBytes() throws Exception {
    long all = bytesShipped("loki", Map.of("PUSHER_LOG_TYPES", "function"));
    long errors =
        bytesShipped(
            "loki", Map.of("PUSHER_LOG_TYPES", "function", "PUSHER_LOKI_MIN_LEVEL", "error"));
    assertThat((double) errors / all).isLessThan(0.02);
  }

  private static long bytesShipped(String mode, Map<String, String> control) throws Exception {
    BundledSink sink = BundledSink.named(mode);
    AtomicInteger invocations = new AtomicInteger();
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            ShippedLayer.shippingTo(sink, destination)
                .environment(control)
                .function(invocation -> log(invocation, invocations.incrementAndGet()))
                .start()) {
      for (int i = 0; i < INVOCATIONS; i++) {
        sandbox.invoke("{}");
      }
      sandbox.shutdown("spindown");
      assertThat(ShippedLayer.ledger(sandbox, "dropped")).isZero();
      return destination.requests().stream().mapToLong(request -> request.body().length).sum();
    }
  }

  private static void log(Invocation invocation, int number) {
    for (int i = 0; i < LINES; i++) {
      boolean fails = number % FAILS_EVERY == 0 && i == LINES - 1;
      String line = "level=" + (fails ? "error" : "info") + " step=" + i + " of=" + number + " ";
      invocation.log(line + "x".repeat(150 - line.length()));
    }
  }
}
