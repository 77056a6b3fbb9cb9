package dev.logshipper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
}
