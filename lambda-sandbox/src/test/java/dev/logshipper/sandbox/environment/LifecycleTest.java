package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.environment.InvocationOutcome.Status;
import dev.logshipper.sandbox.environment.function.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTest {

  @TempDir Path folder;
  private BashExtension bash = new BashExtension(Path.of("unset"));

  @BeforeEach
  void writeToTheFolder() {
    bash = new BashExtension(folder);
  }

  @Test
  void environmentWithoutExtensionsInvokesItsFunction() throws Exception {
    try (Sandbox sandbox =
        Sandbox.builder().function(each -> each.respond(each.payload() + "!")).start()) {
      InvocationOutcome outcome = sandbox.invoke("\"hello\"");

      assertThat(outcome.status()).isEqualTo(Status.SUCCESS);
      assertThat(outcome.response()).isEqualTo("\"hello\"!");
    }
  }

  @Test
  void retryHasTheRequestIdOfTheFailedAttempt() throws Exception {
    try (Sandbox sandbox =
        Sandbox.builder().function(each -> each.respond('"' + each.requestId() + '"')).start()) {
      InvocationOutcome first = sandbox.invoke("{}");
      InvocationOutcome retry = sandbox.invoke("{}", first.requestId());

      assertThat(retry.requestId()).isEqualTo(first.requestId());
      assertThat(retry.response()).isEqualTo(first.response());
    }
  }

  @Test
  void runtimeStartsWhenAllExtensionsHaveRegistered() throws Exception {
    bash.write("slow", "sleep 0.2\nregister '\"SHUTDOWN\"'\nloop\n");
    bash.writeQuiet("fast");

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).start()) {
      List<String> kinds = sandbox.timeline().entries().stream().map(Timeline.Entry::kind).toList();
      assertThat(kinds.indexOf("runtime.started"))
          .isGreaterThan(kinds.lastIndexOf("extension.registered"));
      assertThat(sandbox.timeline().entries("extension.registered")).hasSize(2);
    }
  }

  @Test
  void subfoldersAreIgnored() throws Exception {
    Path _ = Files.createDirectory(bash.writeQuiet("only").resolve("lib"));

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).start()) {
      assertThat(sandbox.init().succeeded()).isTrue();
      assertThat(sandbox.extensions()).extracting(ExtensionProcess::name).containsExactly("only");
    }
  }

  @Test
  void fileThatIsNotExecutableFailsInit() throws Exception {
    Path _ = Files.writeString(folder.resolve("README"), "hello");

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).start()) {
      assertThat(sandbox.init().errorType()).isEqualTo("Extension.LaunchError");
      assertThat(sandbox.invoke("{}").status()).isEqualTo(Status.EXTENSION_CRASH);
    }
  }

  @Test
  void extensionSeesNothingOfTheHostsEnvironment() throws Exception {
    bash.write("env", "env -0 | tr '\\0' '\\n'\nregister '\"SHUTDOWN\"'\nloop\n");

    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(folder)
            .environment("STAGE", "test")
            .environment("_HIDDEN", "1")
            .memoryMegabytes(128)
            .start()) {
      assertThat(sandbox.extensionOutput())
          .contains(
              "STAGE=test",
              "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128",
              "AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
              "TZ=:UTC")
          .anyMatch(line -> line.startsWith("LD_LIBRARY_PATH=/var/lang/lib:"))
          .noneMatch(line -> line.startsWith("_HIDDEN") || line.startsWith("HOME="))
          .noneMatch(line -> line.startsWith("AWS_LAMBDA_LOG_GROUP_NAME"));
    }
  }

  @Test
  void deadlinesFollowThePlatformsClock() throws Exception {
    bash.write(
        "printer",
        """
        register '"INVOKE","SHUTDOWN"'
        while next; do echo "$body"; case $body in *SHUTDOWN*) exit 0 ;; esac; done
        """);
    Instant then = Instant.parse("2040-01-02T03:04:05Z");

    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(folder)
            .clock(() -> then)
            .timeoutMillis(4_000)
            .function(each -> each.respond("" + each.remainingMillis()))
            .start()) {
      assertThat(sandbox.invoke("{}").response()).isEqualTo("4000");
      ShutdownOutcome _ = sandbox.shutdown("spindown");

      long deadline = then.toEpochMilli() + 4_000;
      long end = then.toEpochMilli() + 2_000;
      assertThat(sandbox.extensionOutput().getFirst()).contains("\"deadlineMs\":" + deadline);
      assertThat(sandbox.extensionOutput().getLast()).contains("\"deadlineMs\":" + end);
    }
  }

  @Test
  void extensionThatIsBusyAfterTheFunctionHoldsTheEnvironment() throws Exception {
    bash.write(
        "busy",
        """
        register '"INVOKE","SHUTDOWN"'
        while next; do case $body in *INVOKE*) sleep 0.15 ;; *) exit 0 ;; esac; done
        """);

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).start()) {
      InvocationOutcome outcome = sandbox.invoke("{}");

      assertThat(outcome.heldMillis()).isBetween(100.0, 1_000.0);
      assertThat(sandbox.extensions().getFirst().cost().heldMillis()).hasSize(1);
    }
  }

  @Test
  void processesAreStoppedBetweenInvocations() throws Exception {
    bash.writeQuiet("quiet");

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).start()) {
      long pid = sandbox.extensions().getFirst().pid();
      assertThat(state(pid)).isEqualTo('T');
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      Awaitility.await().until(() -> state(pid) == 'T');

      sandbox.thaw();

      Awaitility.await().until(() -> state(pid) == 'S');
    }
  }

  @Test
  void extensionBeyondTheTimeoutResetsTheEnvironment() throws Exception {
    bash.write(
        "stuck",
        """
        echo generation >> "$TMPDIR/generations"
        register '"INVOKE","SHUTDOWN"'
        if [ "$(wc -l < "$TMPDIR/generations")" -gt 1 ]; then loop; fi
        next
        sleep 0.5
        next
        echo "$body"
        exit 0
        """);

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).timeoutMillis(300).start()) {
      InvocationOutcome first = sandbox.invoke("{}");
      assertThat(first.status()).isEqualTo(Status.TIMEOUT);
      assertThat(first.response()).isEqualTo("null");
      assertThat(sandbox.extensionOutput())
          .anyMatch(line -> line.contains("\"shutdownReason\":\"timeout\""));

      assertThat(sandbox.invoke("{}").status()).isEqualTo(Status.SUCCESS);
      assertThat(Files.readAllLines(sandbox.temporaryFolder().resolve("generations"))).hasSize(2);
    }
  }

  @Test
  void functionBeyondTheTimeoutResetsTheEnvironment() throws Exception {
    bash.writeQuiet("quiet");

    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(folder)
            .timeoutMillis(100)
            .function(Invocation::hang)
            .start()) {
      assertThat(sandbox.invoke("{}").status()).isEqualTo(Status.TIMEOUT);
      assertThat(sandbox.extensionOutput())
          .anyMatch(line -> line.contains("\"shutdownReason\":\"timeout\""));
    }
  }

  @Test
  void extensionThatExitsFailsTheInvocationEvenWithCodeZero() throws Exception {
    bash.write("leaver", "register '\"INVOKE\",\"SHUTDOWN\"'\nnext\nexit 0\n");
    bash.writeQuiet("quiet");

    try (Sandbox sandbox =
        Sandbox.builder().extensions(folder).function(each -> each.take(100)).start()) {
      InvocationOutcome outcome = sandbox.invoke("{}");

      assertThat(outcome.status()).isEqualTo(Status.EXTENSION_CRASH);
      assertThat(outcome.errorType()).isEqualTo("Extension.Crash");
      assertThat(sandbox.extensionOutput())
          .anyMatch(line -> line.contains("\"shutdownReason\":\"failure\""));
    }
  }

  @Test
  void crashOfTheRuntimeFailsTheInvocationAndTheNextOneRepeatsInit() throws Exception {
    bash.writeQuiet("quiet");

    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(folder)
            .function(each -> {
              if (each.payload().equals("crash")) {
                throw each.crash(1);
              }
            })
            .start()) {
      assertThat(sandbox.invoke("crash").errorType()).isEqualTo("Runtime.ExitError");
      assertThat(sandbox.invoke("{}").status()).isEqualTo(Status.SUCCESS);
    }
  }

  @Test
  void errorOfTheFunctionDoesNotResetTheEnvironment() throws Exception {
    bash.writeQuiet("quiet");

    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(folder)
            .function(each -> {
              throw new IllegalStateException("no");
            })
            .start()) {
      long pid = sandbox.extensions().getFirst().pid();

      assertThat(sandbox.invoke("{}").status()).isEqualTo(Status.ERROR);
      assertThat(sandbox.invoke("{}").errorType()).isEqualTo("IllegalStateException");
      assertThat(sandbox.extensions().getFirst().pid()).isEqualTo(pid);
    }
  }

  @Test
  void initEndsAtItsLimit() throws Exception {
    bash.write("mute", "sleep 30\n");

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).initTimeoutMillis(100).start()) {
      assertThat(sandbox.init().errorType()).isEqualTo("Sandbox.Timedout");
    }
  }

  @Test
  void reportedInitErrorFailsInit() throws Exception {
    bash.write(
        "sick",
        "register '\"SHUTDOWN\"'\ncall POST /2020-01-01/extension/init/error '{}'\necho $status\nsleep 9\n");

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).shutdownWindowMillis(100).start()) {
      assertThat(sandbox.init().errorType()).isEqualTo("Extension.InitError");
      assertThat(sandbox.extensionOutput()).contains("202");
    }
  }

  private static char state(long pid) throws Exception {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(5));
    Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
  }
}
