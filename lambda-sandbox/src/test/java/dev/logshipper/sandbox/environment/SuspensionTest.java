package dev.logshipper.sandbox.environment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logshipper.sandbox.environment.telemetry.PartialDelivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Processes that stand still at a moment of the test's choosing.
class SuspensionTest extends SubscribedTestBase {
  private static final byte[] BODY =
      "[{\"time\":\"2026-01-02T03:04:05.678Z\",\"type\":\"function\",\"record\":\"split\"}]"
          .getBytes(UTF_8);

  SuspensionTest() throws IOException {}

  @Test
  void invocationWaitsForASuspendedExtension() throws Exception {
    Path _ =
        new BashExtension(folder)
            .write(
                "subscriber",
                """
                register '"INVOKE","SHUTDOWN"'
                next
                echo busy
                until [ -e "$TMPDIR/go" ]; do sleep 0.01; done
                loop
                """);
    try (Sandbox sandbox = subscribed().start()) {
      CompletableFuture<InvocationOutcome> outcome = sandbox.invokeAsync("{}");
      await().until(() -> sandbox.extensionOutput().contains("busy"));
      sandbox.suspend();
      assertThat(stateOf(sandbox)).isEqualTo('T');
      Path _ = Files.createFile(sandbox.temporaryFolder().resolve("go"));
      assertThat(outcome).isNotDone();

      sandbox.resume();

      assertThat(outcome.get(5, SECONDS).succeeded()).isTrue();
      await().until(() -> stateOf(sandbox) == 'T');
    }
  }

  @Test
  void freezeAndSuspensionAreIndependent() throws Exception {
    try (Sandbox sandbox = subscribed().shutdownWindowMillis(100).start()) {
      sandbox.suspend();
      sandbox.resume();
      assertThat(stateOf(sandbox)).isEqualTo('T');

      sandbox.suspend();
      sandbox.thaw();
      assertThat(stateOf(sandbox)).isEqualTo('T');

      sandbox.resume();
      await().until(() -> stateOf(sandbox) == 'S');

      sandbox.suspend();
      assertThat(sandbox.shutdown("spindown").extensions().getFirst().killed()).isTrue();
      assertThatThrownBy(sandbox::suspend).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void deliveryCanStopInTheMiddleAndGoOn() throws Exception {
    try (Sandbox sandbox = subscribed().start()) {
      sandbox.thaw();
      try (PartialDelivery delivery = sandbox.beginDelivery(BODY, BODY.length / 2)) {
        sandbox.suspend();
        sandbox.resume();
        assertThat(receiver.events("function")).isEmpty();

        assertThat(delivery.finish()).isEqualTo(200);
      }
      assertThat(receiver.events("function")).hasSize(1);
      assertThat(receiver.deliveries().getLast().path()).isEqualTo("/logs");
    }
  }

  private static char stateOf(Sandbox sandbox) throws IOException {
    String stat =
        Files.readString(Path.of("/proc/" + sandbox.extensions().getFirst().pid() + "/stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }
}
