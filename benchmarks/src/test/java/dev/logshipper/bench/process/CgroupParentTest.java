package dev.logshipper.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CgroupParentTest {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  @Test
  void usesTheRootGroupOfAController() throws Exception {
    List<String> own = List.of("3:cpu,cpuacct:/", "2:memory:/someones", "0::/");
    assertThat(CgroupParent.of("cpu", ROOT, own)).isEqualTo(ROOT.resolve("cpu,cpuacct"));
  }

  @Test
  void usesTheRootOfTheUnifiedHierarchy() throws Exception {
    assertThat(CgroupParent.of("cpu", ROOT, List.of("0::/"))).isEqualTo(ROOT);
  }

  @Test
  void rejectsAGroupOfAnotherProgram() {
    List<String> own = List.of("2:memory:/someones", "0::/");
    assertThatThrownBy(() -> CgroupParent.of("memory", ROOT, own))
        .isInstanceOf(IOException.class)
        .hasMessage("the memory group /someones belongs to another program");
  }

  @Test
  void failsWithoutTheController() {
    assertThatThrownBy(() -> CgroupParent.of("cpu", ROOT, List.of("2:memory:/", "0::/")))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no controller 'cpu'");
  }
}
