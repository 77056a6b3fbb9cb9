package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Connections to a destination.
@ExtendWith(SandboxExtension.class)
class ConnectionIT {
  private static final int INVOCATIONS = 4;

  @Test
  void oneConnectionServesAllInvocations() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox = ShippedLayer.shippingOneLineEach(destination).start()) {
      List<String> expected = ShippedLayer.invoke(sandbox, INVOCATIONS);
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).isEqualTo(expected);
      assertThat(destination.connections()).isEqualTo(1);
    }
  }

  /// The test sleeps because the time spent frozen is its subject.
  @Test
  void recordsBufferedBeforeAFreezeAreSentWithTheNextFlush() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingOneLineEach(destination)
                .environment("PUSHER_MAX_STALENESS_MS", "600")
                .start()) {
      ShippedLayer.invoke(sandbox, 1);
      sandbox.thaw();
      sandbox.emit("function", "\"a late line\"");
      assertThat(sandbox.deliverNow(5_000)).isTrue();
      sandbox.freeze();
      LockSupport.parkNanos(Duration.ofMillis(1_200).toNanos());
      int before = destination.requests().size();
      ShippedLayer.invoke(sandbox, 1);

      assertThat(destination.requests()).hasSize(before + 1);
      assertThat(ShippedLayer.functionLines(destination)).contains("a late line");
    }
  }

  @Test
  void compressedRequestsAreSentOverTlsToAPrivateCa(@TempDir Path folder) throws Exception {
    try (HttpDestination destination = HttpDestination.startTls()) {
      Path certificate = Files.writeString(folder.resolve("ca.pem"), destination.certificatePem());
      try (Sandbox sandbox =
          ShippedLayer.shippingOneLineEach(destination)
              .environment("PUSHER_HTTP_CA_FILE", certificate.toString())
              .environment("PUSHER_HTTP_GZIP", "true")
              .environment("PUSHER_HTTP_BEARER_TOKEN", "a-secret")
              .start()) {
        List<String> expected = ShippedLayer.invoke(sandbox, INVOCATIONS);
        sandbox.shutdown("spindown");

        assertThat(ShippedLayer.functionLines(destination)).isEqualTo(expected);
        assertThat(destination.requests())
            .allMatch(request -> request.header("Content-Encoding").orElse("").equals("gzip"))
            .allMatch(
                request -> request.header("Authorization").orElse("").equals("Bearer a-secret"));
        assertThat(sandbox.extensionOutput()).noneMatch(line -> line.contains("a-secret"));
      }
    }
  }
}
