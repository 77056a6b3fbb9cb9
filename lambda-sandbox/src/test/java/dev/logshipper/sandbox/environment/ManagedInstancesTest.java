package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.environment.InvocationOutcome.Status;
import dev.logshipper.sandbox.environment.function.Invocation;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedInstancesTest {

  @TempDir Path folder;
  private BashExtension bash = new BashExtension(Path.of("unset"));

  @BeforeEach
  void writeToTheFolder() {
    bash = new BashExtension(folder);
  }

  @Test
  void invocationsOfAManagedInstanceRunConcurrently() throws Exception {
    bash.write("timer", "register '\"SHUTDOWN\"'\nloop\n");
    var together = new CyclicBarrier(2);

    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(folder)
            .managedInstances(true)
            .function(each -> {
              int _ = together.await();
            })
            .start()) {
      var first = sandbox.invokeAsync("{}");
      var second = sandbox.invokeAsync("{}");

      assertThat(first.get().status()).isEqualTo(Status.SUCCESS);
      assertThat(second.get().status()).isEqualTo(Status.SUCCESS);
      assertThat(sandbox.timeline().entries("environment.frozen")).isEmpty();
    }
  }

  @Test
  void concurrentInvocationsMayShareARequestId() throws Exception {
    var together = new CyclicBarrier(2);

    try (Sandbox sandbox =
        Sandbox.builder()
            .managedInstances(true)
            .function(each -> {
              int _ = together.await();
              each.respond(each.payload());
            })
            .start()) {
      var first = CompletableFuture.supplyAsync(() -> invoke(sandbox, "1", "retried"));

      assertThat(sandbox.invoke("2", "retried").response()).isEqualTo("2");
      assertThat(first.get().response()).isEqualTo("1");
    }
  }

  private static InvocationOutcome invoke(Sandbox sandbox, String payload, String requestId) {
    try {
      return sandbox.invoke(payload, requestId);
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  @Test
  void managedInstanceRejectsRegistrationForInvoke() throws Exception {
    bash.write("asker", "register '\"INVOKE\",\"SHUTDOWN\"'\necho \"$status $body\"\nexit 1\n");

    try (Sandbox sandbox = Sandbox.builder().extensions(folder).managedInstances(true).start()) {
      assertThat(sandbox.init().errorType()).isEqualTo("Extension.Crash");
      assertThat(sandbox.extensionOutput())
          .anyMatch(line -> line.startsWith("403") && line.contains("InvalidEventType"));
    }
  }

  @Test
  void timeoutOnAManagedInstanceDoesNotResetItsEnvironment() throws Exception {
    bash.write("timer", "register '\"SHUTDOWN\"'\nloop\n");

    try (Sandbox sandbox =
        Sandbox.builder()
            .extensions(folder)
            .managedInstances(true)
            .timeoutMillis(100)
            .function(Invocation::hang)
            .start()) {
      long pid = sandbox.extensions().getFirst().pid();

      assertThat(sandbox.invoke("{}").status()).isEqualTo(Status.TIMEOUT);
      assertThat(ProcessHandle.of(pid)).isPresent();
      assertThat(sandbox.extensions().getFirst().pid()).isEqualTo(pid);
    }
  }
}
