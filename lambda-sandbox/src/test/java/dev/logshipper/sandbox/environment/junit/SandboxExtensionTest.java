package dev.logshipper.sandbox.environment.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logshipper.sandbox.environment.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class SandboxExtensionTest {

  @TempDir Path folder;

  @Test
  void testGetsSandboxesWhoseTimelinesCanBeKept(Sandboxes sandboxes) throws Exception {
    Sandbox sandbox = sandboxes.start(Sandbox.builder());
    assertThat(sandbox.invoke("{}").succeeded()).isTrue();

    sandboxes.closeAll();
    sandboxes.dump(folder, "test");

    assertThatThrownBy(() -> sandbox.invoke("{}")).isInstanceOf(IllegalStateException.class);
    assertThat(folder.resolve("test-0.json")).isNotEmptyFile();
  }
}
