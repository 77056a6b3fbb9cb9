package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.bundle.UnpackedLayer;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.TelemetryBehaviour;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The early start, with a Java whose start the test controls.
@ExtendWith(SandboxExtension.class)
class EarlyStartIT {
  static final List<BundledSink> SINKS = BundledSink.ALL;

  /// The platform does not repeat a delivery that failed.
  private static final long NEVER_MILLIS = 600_000;

  @TempDir static Path folder;

  private static UnpackedLayer layer = new UnpackedLayer(Path.of("set in unpack"));
  private static Path go = Path.of("set in unpack");

  @BeforeAll
  static void unpack() throws IOException {
    go = folder.resolve("go");
    layer =
        UnpackedLayer.in(folder.resolve("layer"))
            .withJava(
                "until [[ -e '"
                    + go
                    + "' ]]; do read -r -t 0.01 <> <(:); done\nexec \"$java\" \"$@\"\n");
  }

  @ParameterizedTest
  @FieldSource("SINKS")
  void initAndTheFirstInvocationStartWithoutJavaAndLoseNoLine(BundledSink sink) throws Exception {
    Files.deleteIfExists(go);
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            ShippedLayer.shippingTo(sink, destination)
                .extensions(layer.extensions())
                .function(invocation -> invocation.log("a line"))
                .freeze(false)
                .telemetry(TelemetryBehaviour.standard().retryBackoffMillis(NEVER_MILLIS))
                .start()) {
      CompletableFuture<InvocationOutcome> first = sandbox.invokeAsync("{}");
      // Before Java runs: the delivery waits in the launcher's socket, not for the platform to
      // retry.
      assertThat(sandbox.init().succeeded()).isTrue();
      Files.createFile(go);
      assertThat(first.get().succeeded()).isTrue();
      ShippedLayer.invoke(sandbox, 1);
      sandbox.shutdown("spindown");

      List<String> lines = destination.awaitLines(2, Duration.ofSeconds(5));
      assertThat(lines).filteredOn(line -> line.contains("a line")).hasSize(2);
      assertThat(ShippedLayer.ledger(sandbox, "dropped")).isZero();
    }
  }

  /// The environment is frozen after the invocation, so later sends do not help.
  @ParameterizedTest
  @FieldSource("SINKS")
  void endOfTheFirstInvocationIsSeenAndItsLinesAreFlushedThen(BundledSink sink) throws Exception {
    Files.deleteIfExists(go);
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            ShippedLayer.shippingTo(sink, destination)
                .extensions(layer.extensions())
                .environment("PUSHER_FLUSH", "end")
                .environment("PUSHER_MAX_HOLD_MS", "10000")
                .function(invocation -> invocation.log("a line"))
                .telemetry(TelemetryBehaviour.standard().retryBackoffMillis(NEVER_MILLIS))
                .start()) {
      CompletableFuture<InvocationOutcome> first = sandbox.invokeAsync("{}");
      Files.createFile(go);
      assertThat(first.get().succeeded()).isTrue();

      assertThat(destination.lines()).anyMatch(line -> line.contains("a line"));
    }
  }
}
