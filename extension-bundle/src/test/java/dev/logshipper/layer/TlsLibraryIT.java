package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.UnpackedLayer;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS in a layer whose native library is of use, or not.
@ExtendWith(SandboxExtension.class)
class TlsLibraryIT {
  private static final int E_MACHINE_AT = 18;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"missing", "truncated", "empty", "of another processor"})
  void javaReplacesALibraryThatCannotBeLoaded(String fault) throws Exception {
    UnpackedLayer layer = UnpackedLayer.in(folder.resolve("layer"));
    Path library = library(layer);
    byte[] bytes = Files.readAllBytes(library);
    Files.delete(library);
    switch (fault) {
      case "truncated" -> Files.write(library, Arrays.copyOf(bytes, bytes.length / 2));
      case "empty" -> Files.createFile(library);
      case "of another processor" -> {
        bytes[E_MACHINE_AT] = 8; // MIPS
        Files.write(library, bytes);
      }
      default -> {}
    }

    assertThat(deliver(layer, "native"))
        .filteredOn(line -> line.contains("TLS by Java, which needs more CPU: cannot load"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"native, 0", "java, 0", "boring, 1"})
  void implementationIsChosen(String value, int lines) throws Exception {
    assertThat(deliver(UnpackedLayer.in(folder.resolve("layer")), value))
        .noneMatch(line -> line.contains("cannot load"))
        .filteredOn(line -> line.contains("PUSHER_TLS"))
        .hasSize(lines);
  }

  @Test
  void libraryIsUsedFromTheLayer() throws Exception {
    UnpackedLayer layer = UnpackedLayer.in(folder.resolve("layer"));
    try (HttpDestination destination = HttpDestination.startTls();
        Sandbox sandbox =
            ShippedLayer.shippingOneLineEach(destination)
                .extensions(layer.trusting(destination).extensions())
                .start()) {
      List<String> expected = ShippedLayer.invoke(sandbox, 1);
      List<String> _ = destination.awaitLines(1, Duration.ofSeconds(20));

      assertThat(Files.readString(Path.of("/proc/" + ShippedLayer.java(sandbox).pid() + "/maps")))
          .contains(library(layer).toRealPath().toString());
      assertThat(ShippedLayer.functionLines(destination)).isEqualTo(expected);
    }
  }

  private static Path library(UnpackedLayer layer) throws IOException {
    try (DirectoryStream<Path> libraries =
        Files.newDirectoryStream(
            layer.root().resolve("log-shipper/runtime/lib"), "libnetty_tcnative_*.so")) {
      return libraries.iterator().next();
    }
  }

  /// Delivers over TLS, and returns what the extension has printed.
  private static List<String> deliver(UnpackedLayer layer, String tls) throws Exception {
    try (HttpDestination destination = HttpDestination.startTls();
        Sandbox sandbox =
            ShippedLayer.shippingOneLineEach(destination)
                .extensions(layer.trusting(destination).extensions())
                .environment("PUSHER_TLS", tls)
                .start()) {
      List<String> expected = ShippedLayer.invoke(sandbox, 3);
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).isEqualTo(expected);
      assertThat(sandbox.extensionOutput()).noneMatch(line -> line.contains("restart"));
      return sandbox.extensionOutput();
    }
  }
}
