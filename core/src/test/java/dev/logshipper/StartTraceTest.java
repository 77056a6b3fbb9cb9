package dev.logshipper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.platform.Subscription;
import dev.logshipper.sink.Level;
import dev.logshipper.testkit.CapturedOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTraceTest {
  @TempDir private Path folder;

  @Test
  void versionIsThatOfTheLayersManifest() throws Exception {
    Path manifest = Files.writeString(folder.resolve("manifest"), "Version: 1.2.0\nSinks: http\n");
    assertThat(StartTrace.version(manifest)).isEqualTo("1.2.0");
    assertThat(StartTrace.version(Files.writeString(manifest, "Sinks: http\n")))
        .isEqualTo("unknown");
    assertThat(StartTrace.version(folder.resolve("none"))).isEqualTo("unknown");
  }

  @Test
  void subscriptionIsPrintedWithItsLimits() {
    CapturedOutput output = new CapturedOutput(Level.DEBUG);
    Subscription subscription =
        new Subscription(
            Subscription.Api.TELEMETRY, List.of("platform", "function"), 1_000, 262_144, 25, false);
    StartTrace.print(subscription, true, output.diagnostics());
    StartTrace.print(subscription, false, output.diagnostics());
    assertThat(output.lines())
        .containsExactly(
            "log-shipper: subscription: platform, function; at most 1000 events, 262144 bytes or 25"
                + " ms in a delivery",
            "log-shipper: subscription (made by the launcher or an earlier process): platform,"
                + " function; at most 1000 events, 262144 bytes or 25 ms in a delivery");
  }
}
