package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// A function that fails while it is loaded: the line that says why is the only one that matters.
@ExtendWith(SandboxExtension.class)
class FailingInitIT {
  static final List<BundledSink> SINKS = BundledSink.ALL;

  private static final Duration SOON = Duration.ofSeconds(10);

  @ParameterizedTest
  @FieldSource("SINKS")
  void lastWordsArriveWhenTheInitLastsUntilTheSubscription(BundledSink sink) throws Exception {
    assertThat(linesOf(sink, "false", "sleep 1; echo no module named x; exit 1"))
        .anyMatch(line -> line.contains("no module named x"));
  }

  @ParameterizedTest
  @FieldSource("SINKS")
  void lastWordsOfAnInitThatEndsAtOnceArriveWithAnEarlyStart(BundledSink sink) throws Exception {
    assertThat(linesOf(sink, "true", "sleep 0.1; echo no module named x; exit 1"))
        .anyMatch(line -> line.contains("no module named x"));
  }

  private static List<String> linesOf(BundledSink sink, String earlyStart, String program)
      throws Exception {
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            ShippedLayer.shippingTo(sink, destination)
                .environment("PUSHER_EARLY_START", earlyStart)
                .function(List.of("bash", "-c", program), Map.of())
                .start()) {
      assertThat(sandbox.init().errorType()).isEqualTo("Runtime.ExitError");
      return destination.awaitLines(1, SOON);
    }
  }
}
