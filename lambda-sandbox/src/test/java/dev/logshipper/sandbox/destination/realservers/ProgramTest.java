package dev.logshipper.sandbox.destination.realservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void unsetVariableIsTheReason() {
    assertThat(Program.LOKI.absence(Map.of()))
        .contains("skipped: set LOKI_BIN to the path of the program of Grafana Loki 3");
    assertThat(Program.LOKI.absence(Map.of("LOKI_BIN", ""))).isPresent();
  }

  @Test
  void variableWithoutAProgramIsTheReason() {
    assertThat(Program.MINIO.absence(Map.of("MINIO_BIN", "/nowhere")))
        .contains("skipped: MINIO_BIN=/nowhere cannot be executed; expected the program of MinIO");
    assertThat(Program.MINIO.absence(Map.of("MINIO_BIN", folder.toString()))).isPresent();
  }

  @Test
  void existingProgramHasNoReason() {
    assertThat(Program.MOTO.absence(Map.of("MOTO_SERVER", "/bin/sh"))).isEmpty();
  }

  @Test
  void earlyEndOfAServerIsReportedWithItsOutput() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));

    assertThatThrownBy(() ->
            ServerProcess.start(
                List.of("/bin/sh", "-c", "echo no such flag; exit 2"), Map.of(), own, () -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no such flag");
    assertThat(own).doesNotExist();
  }

  @Test
  void closingAServerDeletesItsFolder() throws Exception {
    Path own = Files.createDirectories(folder.resolve("own/data"));
    Files.writeString(own.resolve("file"), "x");

    ServerProcess server =
        ServerProcess.start(
            List.of("/bin/sh", "-c", "echo up; exec sleep 60"),
            Map.of("PATH", "/usr/bin:/bin"),
            folder.resolve("own"),
            () -> true);
    server.close();

    assertThat(folder.resolve("own")).doesNotExist();
  }
}
