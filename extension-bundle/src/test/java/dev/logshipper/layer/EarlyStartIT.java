package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.InvocationOutcome;
import dev.logshipper.sandbox.Sandbox;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.junit.SandboxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// `PUSHER_EARLY_START`, with a Java that starts when the test says so.
@ExtendWith(SandboxExtension.class)
class EarlyStartIT {
  static final List<BundledSink> SINKS = BundledSink.ALL;

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("SINKS")
  void initAndTheFirstInvocationDoNotWaitForJavaAndNoLineIsLost(BundledSink sink) throws Exception {
    Path go = folder.resolve("go");
    try (Destination destination = sink.plain().get();
        Sandbox sandbox =
            ShippedLayer.shippingTo(sink, destination)
                .extensions(layerThatWaitsFor(go))
                .environment("PUSHER_EARLY_START", "true")
                .function(invocation -> invocation.log("a line"))
                .start()) {
      CompletableFuture<InvocationOutcome> first = sandbox.invokeAsync("{}");
      Files.createFile(go);
      assertThat(first.get().succeeded()).isTrue();
      ShippedLayer.invoke(sandbox, 1);
      sandbox.shutdown("spindown");

      List<String> lines = destination.awaitLines(2, Duration.ofSeconds(5));
      assertThat(lines).filteredOn(line -> line.contains("a line")).hasSize(2);
      assertThat(ShippedLayer.ledger(sandbox, "dropped")).isZero();
    }
  }

  /// The shipped layer, in which something comes before Java.
  private Path layerThatWaitsFor(Path go) throws IOException {
    Path shipped = ShippedLayer.directory().toAbsolutePath();
    Path copy = Files.createDirectories(folder.resolve("layer/log-shipper"));
    try (Stream<Path> parts = Files.list(shipped.resolve("log-shipper"))) {
      for (Path part : parts.filter(part -> !part.endsWith("runtime")).toList()) {
        Files.createSymbolicLink(copy.resolve(part.getFileName()), part);
      }
    }
    Path java = Files.createDirectories(copy.resolve("runtime/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/bash
        until [[ -e '%s' ]]; do read -r -t 0.01 <><(:); done
        exec '%s' "$@"
        """
            .formatted(go, shipped.resolve("log-shipper/runtime/bin/java")));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path extensions = Files.createDirectories(folder.resolve("layer/extensions"));
    Files.copy(shipped.resolve("extensions/log-shipper"), extensions.resolve("log-shipper"));
    return extensions;
  }
}
