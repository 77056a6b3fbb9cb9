package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.BareRoot;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The layer on an image that has glibc and no program at all.
@ExtendWith(SandboxExtension.class)
class BareRootIT {
  private static final int INVOCATIONS = 3;

  @TempDir Path folder;

  @Test
  void imageWithoutAShellShipsItsLines() throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));
    Path extensions = Files.createDirectory(folder.resolve("extensions"));
    Path launcher = extensions.resolve("log-shipper");
    Files.writeString(launcher, BareRoot.script(root, ShippedLayer.directory()));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));

    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingOneLineEach(destination).extensions(extensions).start()) {
      List<String> expected = ShippedLayer.invoke(sandbox, INVOCATIONS);
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).isEqualTo(expected);
    }
    assertThat(programs(root)).isEmpty();
  }

  /// Without the layer's own, which was mounted for the launcher alone.
  private static List<Path> programs(Path root) throws Exception {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().contains(".so"))
          .toList();
    }
  }
}
