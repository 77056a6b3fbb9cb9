package dev.logshipper.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A record that the destination fails with, whatever the batch it is in.
@ExtendWith(SandboxExtension.class)
class PoisonIT {
  private static final int INVOCATIONS = 30;
  private static final int LINES = 10;

  @Test
  void recordThatTheDestinationFailsWithStopsNoOther() throws Exception {
    AtomicInteger invocation = new AtomicInteger();
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .environment("PUSHER_FLUSH", "end")
                .function(call -> {
                  int number = invocation.getAndIncrement();
                  for (int line = 0; line < LINES; line++) {
                    call.log(number == 2 && line == 4 ? "POISON" : "line " + number + "." + line);
                  }
                })
                .start()) {
      destination.respond(
          ScriptedResponse.computed(request ->
              new String(request.body(), UTF_8).contains("POISON")
                  ? ScriptedResponse.status(500)
                  : ScriptedResponse.ok()));
      ShippedLayer.invoke(sandbox, INVOCATIONS);
      sandbox.shutdown("spindown");

      assertThat(destination.awaitLines(INVOCATIONS * LINES - 1, Duration.ofSeconds(5)))
          .filteredOn(line -> line.contains("\"message\":\"line "))
          .hasSize(INVOCATIONS * LINES - 1);
      assertThat(ShippedLayer.ledger(sandbox, "dropped")).isEqualTo(1);
      assertThat(ShippedLayer.ledger(sandbox, "left_behind")).isZero();
    }
  }
}
