package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logshipper.sandbox.ExtensionProcess;
import dev.logshipper.sandbox.Sandbox;
import dev.logshipper.sandbox.SandboxBuilder;
import dev.logshipper.sandbox.ShutdownOutcome;
import dev.logshipper.sandbox.destination.HttpDestination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real layer, whose JVM is killed: no invocation may notice.
class SurvivalIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final HttpDestination destination = HttpDestination.start();
  private final AtomicReference<Sandbox> running = new AtomicReference<>();
  private SandboxBuilder builder = Sandbox.builder();

  @BeforeEach
  void prepare() throws Exception {
    builder =
        Sandbox.builder()
            .extensions(UnpackedLayer.in(folder.resolve("layer")).extensions())
            .environment("PUSHER_MODE", "http")
            .environment("PUSHER_HTTP_URL", destination.url() + "/logs");
  }

  @AfterEach
  void stop() {
    destination.close();
  }

  @Test
  void killedBetweenInvocations_theNextOnesAreServedAndShipped() throws Exception {
    builder.function(invocation -> invocation.log("payload " + invocation.payload()));
    try (Sandbox sandbox = builder.start()) {
      assertThat(sandbox.invoke("1").succeeded()).isTrue();
      killJava(sandbox);
      assertThat(sandbox.invoke("2").succeeded()).isTrue();
      assertThat(sandbox.invoke("3").succeeded()).isTrue();
      endsWell(sandbox);
    }
    arrived("payload 1", "payload 3");
  }

  @Test
  void killedInAnInvocation_itAndTheNextOnesAreServed() throws Exception {
    builder.function(invocation -> {
      invocation.log("payload " + invocation.payload());
      if (invocation.payload().equals("2")) {
        killJava(Objects.requireNonNull(running.get()));
      }
    });
    try (Sandbox sandbox = builder.start()) {
      running.set(sandbox);
      assertThat(sandbox.invoke("1").succeeded()).isTrue();
      assertThat(sandbox.invoke("2").succeeded()).isTrue();
      assertThat(sandbox.invoke("3").succeeded()).isTrue();
      endsWell(sandbox);
    }
    arrived("payload 3");
  }

  @Test
  void killedAgainAndAgain_invocationsGoOnWithoutLogs() throws Exception {
    try (Sandbox sandbox = builder.start()) {
      for (int death = 0; death < 3; death++) {
        killJava(sandbox);
        assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      }
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      endsWell(sandbox);
      assertThat(sandbox.extensionOutput())
          .anyMatch(line -> line.contains("no logs are shipped from here on"));
    }
  }

  private void arrived(String... texts) {
    List<String> lines = destination.awaitLines(1, SOON);
    for (String text : texts) {
      assertThat(lines).anyMatch(line -> line.contains(text));
    }
  }

  private static void endsWell(Sandbox sandbox) throws InterruptedException {
    ShutdownOutcome outcome = sandbox.shutdown("spindown");
    assertThat(outcome.extensions())
        .allSatisfy(end -> {
          assertThat(end.killed()).isFalse();
          assertThat(end.exitCode()).isZero();
        });
  }

  private static void killJava(Sandbox sandbox) {
    ExtensionProcess extension = sandbox.extensions().getFirst();
    for (long pid : extension.pids()) {
      if (pid != extension.pid()) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        await().until(() -> isDead(pid));
      }
    }
  }

  /// Also before its parent has noticed, which cannot happen while that one is frozen.
  private static boolean isDead(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
    } catch (IOException gone) {
      return true;
    }
  }
}
