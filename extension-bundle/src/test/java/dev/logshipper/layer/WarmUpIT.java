package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The warm-up during the init of a small function.
@ExtendWith(SandboxExtension.class)
class WarmUpIT {
  static final List<BundledSink> SINKS = BundledSink.ALL;

  @ParameterizedTest
  @FieldSource("SINKS")
  void sinkOfASmallFunctionIsConnectedBeforeTheFirstInvocation(BundledSink sink) throws Exception {
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            ShippedLayer.shippingTo(sink, destination)
                .memoryMegabytes(128)
                // As long as a busy machine needs.
                .environment("PUSHER_WARM_UP_MS", "5000")
                .function(invocation -> invocation.log("a line"))
                .start()) {
      assertThat(destination.connections()).isPositive();
      assertThat(destination.requests()).isEmpty();

      ShippedLayer.invoke(sandbox, 2);
      sandbox.shutdown("spindown");

      List<String> lines = destination.awaitLines(2, Duration.ofSeconds(5));
      assertThat(lines).filteredOn(line -> line.contains("a line")).hasSize(2);
      assertThat(lines).noneMatch(line -> line.contains("warm-up"));
    }
  }
}
