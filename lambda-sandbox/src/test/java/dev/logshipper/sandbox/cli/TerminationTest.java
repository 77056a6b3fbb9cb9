package dev.logshipper.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminationTest {

  @TempDir Path folder;

  @Test
  void terminatedSandboxKillsAllProcesses() throws Exception {
    Path file = Files.writeString(folder.resolve("mute"), "#!/bin/bash\necho $$\nsleep 60\n");
    Path _ = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    Process sandbox =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SandboxCommand.class.getName(),
                "--extensions",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = sandbox.inputReader()) {
      String line = output.readLine();
      assertThat(line).startsWith("[mute] ");
      Optional<ProcessHandle> extension =
          ProcessHandle.of(Long.parseLong(line.substring("[mute] ".length())));
      assertThat(extension).isPresent();

      sandbox.destroy();

      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> extension.stream().noneMatch(ProcessHandle::isAlive));
    } finally {
      Process _ = sandbox.destroyForcibly();
    }
  }
}
