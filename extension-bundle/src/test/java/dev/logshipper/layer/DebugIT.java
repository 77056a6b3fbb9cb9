package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The extension at debug level, and the names under which the Firehose sink is known.
@ExtendWith(SandboxExtension.class)
class DebugIT {

  @ParameterizedTest
  @ValueSource(strings = {"http", "kinesis"})
  void debugPrintsVersionSettingsSubscriptionAndSends(String mode) throws Exception {
    BundledSink sink = BundledSink.named(mode);
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            ShippedLayer.shippingTo(sink, destination)
                .environment("PUSHER_LOG_LEVEL", "debug")
                .environment("ED_BUFFER_SIZE_MB", "64")
                .function(invocation -> invocation.log("a line"))
                .start()) {
      ShippedLayer.invoke(sandbox, 2);
      sandbox.shutdown("spindown");

      String output = String.join("\n", sandbox.extensionOutput());
      assertThat(output)
          .contains("log-shipper: version ")
          .doesNotContain("version unknown")
          .contains("log-shipper: settings: PUSHER_MODE=" + mode)
          .contains("PUSHER_BUFFER_MB=64 (ED_BUFFER_SIZE_MB)")
          .contains("log-shipper: " + mode + ": settings: ")
          .containsPattern("log-shipper: subscription .*Telemetry API, schema 2025-01-29")
          .containsPattern("POST of \\d+ bytes: status 200")
          .containsPattern(mode + ": batch [^ ]+: \\d+ records, \\d+ bytes: delivered, \\d+ ms")
          .doesNotContain("secret");
    }
  }

  @Test
  void firehoseIsKinesis() throws Exception {
    BundledSink sink = BundledSink.named("kinesis");
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            ShippedLayer.shippingTo(sink, destination)
                .environment("PUSHER_MODE", "Firehose")
                .environment("PUSHER_FIREHOSE_PACKING", "single")
                .environment("PUSHER_FIREHOSE_BATCH_BYTES", "20000")
                .function(invocation -> invocation.log("a line"))
                .start()) {
      ShippedLayer.invoke(sandbox, 2);
      sandbox.shutdown("spindown");

      assertThat(sandbox.extensionOutput())
          .singleElement()
          .asString()
          .contains("ledger sink=kinesis ");
      assertThat(ShippedLayer.ledger(sandbox, "delivered"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
    }
  }
}
