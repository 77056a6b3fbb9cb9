package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.environment.ShutdownOutcome.ExtensionEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {

  @TempDir Path folder;
  private BashExtension bash = new BashExtension(Path.of("unset"));

  @BeforeEach
  void writeToTheFolder() {
    bash = new BashExtension(folder);
  }

  @Test
  void extensionThatExitsInTimeIsNotKilled() throws Exception {
    bash.writeQuiet("polite");

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).start()) {
      ExtensionEnd end = sandbox.shutdown("spindown").extension("polite").orElseThrow();

      assertThat(end.killed()).isFalse();
      assertThat(end.exitCode()).isZero();
      assertThat(end.millis()).isLessThan(1_000);
      assertThat(sandbox.extensionOutput())
          .anyMatch(line -> line.contains("\"shutdownReason\":\"spindown\""));
    }
  }

  @Test
  void slowExtensionIsKilledWhenTheWindowCloses() throws Exception {
    bash.write("deaf", "register '\"SHUTDOWN\"'\nnext\nsleep 30\n");

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).shutdownWindowMillis(200).start()) {
      ExtensionEnd end = sandbox.shutdown("spindown").extensions().getFirst();

      assertThat(end.killed()).isTrue();
      assertThat(end.exitCode()).isEqualTo(137);
      assertThat(end.millis()).isBetween(190.0, 1_000.0);
    }
  }

  @Test
  void extensionNotRegisteredForShutdownIsKilledAtOnce() throws Exception {
    bash.write("invoked", "register '\"INVOKE\"'\nloop\n");

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).start()) {
      ExtensionEnd end = sandbox.shutdown("spindown").extensions().getFirst();

      assertThat(end.killed()).isTrue();
      assertThat(end.millis()).isLessThan(1_000);
    }
  }

  @Test
  void closedSandboxHasKilledAllProcesses() throws Exception {
    bash.write(
        "parent", "sleep 60 &\n(setsid sleep 0; sleep 60) &\nregister '\"SHUTDOWN\"'\nloop\n");
    List<Long> pids;
    try (Sandbox sandbox = Sandbox.builder().extensions(folder).start()) {
      pids = sandbox.extensions().getFirst().pids();
      assertThat(pids).hasSizeGreaterThanOrEqualTo(3);
    }

    Awaitility.await().until(() -> pids.stream().noneMatch(ShutdownTest::isAlive));
  }

  @Test
  void processOfTheFunctionGetsSigtermFirst() throws Exception {
    bash.writeQuiet("quiet");
    String script =
        """
        trap 'echo "$TMPDIR" > "$WITNESS"; exit 0' TERM
        exec 3<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API%:*}/${AWS_LAMBDA_RUNTIME_API#*:}"
        printf 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\n\\r\\n' >&3
        while :; do read -r -t 0.01 _ <&3; done
        """;
    Path witness = folder.resolveSibling(folder.getFileName() + "-witness");

    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(folder)
            .function(List.of("/bin/bash", "-c", script), Map.of("WITNESS", witness.toString()))
            .start()) {
      ShutdownOutcome _ = sandbox.shutdown("spindown");

      assertThat(witness).hasContent(sandbox.temporaryFolder().toString());
    } finally {
      boolean _ = Files.deleteIfExists(witness);
    }
  }

  @Test
  void functionThatDoesNotEndIsKilledAfterItsShareOfTheWindow() throws Exception {
    bash.writeQuiet("quiet");
    String script =
        """
        trap '' TERM
        exec 3<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API%:*}/${AWS_LAMBDA_RUNTIME_API#*:}"
        printf 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\n\\r\\n' >&3
        while :; do read -r _ <&3; done
        """;

    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(folder)
            .shutdownWindowMillis(1_000)
            .function(List.of("/bin/bash", "-c", script), Map.of())
            .start()) {
      ExtensionEnd end = sandbox.shutdown("spindown").extensions().getFirst();

      assertThat(end.killed()).isFalse();
      assertThat(end.millis()).isBetween(290.0, 900.0);
    }
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
