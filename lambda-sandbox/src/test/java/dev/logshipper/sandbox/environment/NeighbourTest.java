package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Extensions that affect others.
class NeighbourTest {

  @TempDir Path folder;

  @Test
  void slowExtensionDelaysInit() throws Exception {
    Path _ = new BashExtension(folder).writeQuiet("quiet");
    Path _ = new BashExtension(folder).writeSlow("slow", 300);

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).start()) {
      assertThat(sandbox.init().millis()).isGreaterThan(300);
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
    }
  }

  @Test
  void floodingExtensionPrintsConsecutiveLinesAtEachInvocation() throws Exception {
    Path _ = new BashExtension(folder).writeFlooding("flood", 500);

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).start()) {
      for (int i = 0; i < 2; i++) {
        assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      }
      assertThat(sandbox.extensionOutput())
          .hasSize(1_000)
          .startsWith("flood line 1")
          .endsWith("flood line 1000");
    }
  }

  @Test
  void connectedExtensionHoldsTheGivenNumberOfSockets() throws Exception {
    Path _ = new BashExtension(folder).writeConnected("connected", 20);

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      Path descriptors = Path.of("/proc/" + sandbox.extensions().getFirst().pid() + "/fd");
      try (var open = Files.list(descriptors)) {
        assertThat(open).hasSizeGreaterThan(20);
      }
    }
  }
}
