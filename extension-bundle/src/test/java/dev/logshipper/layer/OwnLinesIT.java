package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Warnings of the extension that reach the destination, where CloudWatch may be off.
@ExtendWith(SandboxExtension.class)
class OwnLinesIT {

  @ParameterizedTest
  @ValueSource(strings = {"http", "loki", "kinesis", "s3"})
  void everySinkGetsEachWarningOnce(String mode) throws Exception {
    BundledSink sink = BundledSink.named(mode);
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            ShippedLayer.shippingTo(sink, destination)
                .environment("PUSHER_BUFER_MB", "8")
                .environment("PUSHER_MIN_LEVEL", "error")
                .function(invocation -> invocation.log("a line"))
                .start()) {
      ShippedLayer.invoke(sandbox, 3);
      sandbox.shutdown("spindown");

      String warning =
          "log-shipper: 1 configuration problem: PUSHER_BUFER_MB is not a known variable: did you"
              + " mean PUSHER_BUFFER_MB? It is ignored";
      // A repeated request stores its records twice, like any.
      assertThat(Set.copyOf(own(destination))).singleElement().asString().contains(warning);
      assertThat(sandbox.extensionOutput()).anyMatch(line -> line.endsWith(warning));
      assertThat(ShippedLayer.ledger(sandbox, "delivered"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUSHER_OWN_LINES=false", "PUSHER_LOG_LEVEL=off"})
  void noneIsShippedIfTheyAreOffOrNotPrinted(String setting) throws Exception {
    BundledSink sink = BundledSink.named("http");
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            ShippedLayer.shippingTo(sink, destination)
                .environment("PUSHER_BUFER_MB", "8")
                .environment(setting.split("=", 2)[0], setting.split("=", 2)[1])
                .function(invocation -> invocation.log("a line"))
                .start()) {
      ShippedLayer.invoke(sandbox, 2);
      sandbox.shutdown("spindown");

      assertThat(own(destination)).isEmpty();
    }
  }

  private static List<String> own(Destination destination) throws IOException {
    return destination.lines().stream()
        .filter(line -> line.contains("configuration problem"))
        .toList();
  }
}
