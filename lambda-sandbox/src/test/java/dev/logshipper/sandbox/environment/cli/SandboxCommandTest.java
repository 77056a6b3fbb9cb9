package dev.logshipper.sandbox.environment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCommandTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  private int run(String... words) throws Exception {
    return SandboxCommand.run(List.of(words), out, out);
  }

  @Test
  void invocationsAreCountedAndTheTimelineIsWritten() throws Exception {
    Path timeline = folder.resolve("timeline.json");

    assertThat(run("--lines", "3", "--invocations", "2", "--timeline", timeline.toString()))
        .isZero();

    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("2 invocations (0 failed)");
    assertThat(timeline).isNotEmptyFile();
  }

  @Test
  void failedInvocationSetsTheExitCode() throws Exception {
    assertThat(run("--invocations", "1", "--function", "--", "/bin/false")).isEqualTo(1);

    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Runtime.ExitError");
  }

  @Test
  void unknownOptionPrintsTheUsage() throws Exception {
    assertThat(run("--lamda")).isEqualTo(2);

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("Unknown option --lamda", "--layer DIR");
  }
}
