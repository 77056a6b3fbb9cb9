package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessListenerTest {

  @TempDir Path folder;

  @Test
  void eachExtensionIsPassedOnBeforeInitEnds() throws Exception {
    Queue<Long> pids = new ConcurrentLinkedQueue<>();
    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(new BashExtension(folder).writeQuiet("quiet"))
            .onProcess(pids::add)
            .start()) {
      assertThat(pids).containsExactly(sandbox.extensions().getFirst().pid());
    }
  }

  @Test
  void programIsPassedOnBeforeItsFirstInstruction() throws Exception {
    Queue<String> names = new ConcurrentLinkedQueue<>();
    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(new BashExtension(folder).writeQuiet("quiet"))
            .onProcess(pid -> names.add(stat(pid)))
            .start()) {
      assertThat(sandbox.init().succeeded()).isTrue();
      assertThat(names).singleElement().asString().contains("(sh) T ");
    }
  }

  private static String stat(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/stat"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void programOfTheFunctionIsPassedOn() throws Exception {
    Queue<Long> pids = new ConcurrentLinkedQueue<>();
    try (Sandbox sandbox =
        Sandbox.builder().function(List.of("/bin/true"), Map.of()).onProcess(pids::add).start()) {
      assertThat(sandbox.init().succeeded()).isFalse();
      assertThat(pids).hasSize(1);
    }
  }
}
