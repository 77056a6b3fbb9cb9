package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerZipTest {
  private static final FileTime DATE = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path folder;

  @Test
  void permissionsAreReducedToTwoKinds() throws Exception {
    Path zip = folder.resolve("layer.zip");
    LayerZip.write(layer("a"), zip, DATE);

    try (FileSystem files =
        FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", "true"))) {
      assertThat(permissions(files.getPath("/extensions/launcher"))).isEqualTo("rwxr-xr-x");
      assertThat(permissions(files.getPath("/extensions"))).isEqualTo("rwxr-xr-x");
      assertThat(permissions(files.getPath("/readme"))).isEqualTo("rw-r--r--");
    }
  }

  @Test
  void sameFilesProduceTheSameBytes() throws Exception {
    Path first = folder.resolve("first.zip");
    Path second = folder.resolve("second.zip");
    LayerZip.write(layer("a"), first, DATE);
    Path later = layer("b");
    Files.setLastModifiedTime(later.resolve("readme"), FileTime.fromMillis(0));
    LayerZip.write(later, second, DATE);

    assertThat(first).hasSameBinaryContentAs(second);
  }

  private Path layer(String name) throws IOException {
    Path layer = folder.resolve(name);
    Files.createDirectories(layer.resolve("extensions"));
    FakeLayer.executable(layer.resolve("extensions/launcher"), "#!/bin/bash\n");
    Files.writeString(layer.resolve("readme"), "text");
    Files.setPosixFilePermissions(
        layer.resolve("readme"), PosixFilePermissions.fromString("r--------"));
    return layer;
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
