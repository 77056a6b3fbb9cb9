package dev.logshipper.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a folder that looks like a control group: a build may have access to none.
class CgroupTest {

  @TempDir Path parent;

  @Test
  void reportsAMissingControllerAndRemovesTheGroup() throws Exception {
    assertThatThrownBy(() -> Cgroup.in(parent, "cpu", "a-name"))
        .isInstanceOf(IOException.class)
        .hasMessage(parent + " has no controller 'cpu'");
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void enablesTheControllerInVersion2() throws Exception {
    Files.createFile(parent.resolve("cgroup.controllers"));
    Path control = Files.createFile(parent.resolve("cgroup.subtree_control"));
    assertThatThrownBy(() -> Cgroup.in(parent, "memory", "a-name")).isInstanceOf(IOException.class);
    assertThat(control).hasContent("+memory");
  }
}
