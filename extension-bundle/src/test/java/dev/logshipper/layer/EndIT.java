package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.InvocationOutcome;
import dev.logshipper.sandbox.Sandbox;
import dev.logshipper.sandbox.ShutdownOutcome;
import dev.logshipper.sandbox.TelemetryBehaviour;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.junit.SandboxExtension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How an environment may end, and how our own process may.
@ExtendWith(SandboxExtension.class)
class EndIT {

  @Test
  void shutdownAsTheVeryFirstEvent() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox = ShippedLayer.shippingTo(destination).start()) {
      ShutdownOutcome.ExtensionEnd end = sandbox.shutdown("spindown").extensions().getFirst();

      assertThat(end.killed()).isFalse();
      assertThat(end.exitCode()).isZero();
      assertThat(end.millis()).isLessThan(1_000);
    }
  }

  @Test
  void lastDeliveryAfterShutdownArrives() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .telemetry(TelemetryBehaviour.standard().lastDeliveryDelayMillis(40))
                .function(invocation -> invocation.log("a line"))
                .start()) {
      sandbox.invoke("{}");
      ShutdownOutcome.ExtensionEnd end = sandbox.shutdown("spindown").extensions().getFirst();

      assertThat(end.exitCode()).isZero();
      assertThat(ShippedLayer.messages(destination, "platform.start")).hasSize(1);
      assertThat(ShippedLayer.arrived(destination))
          .anyMatch(record -> record.path("log_type").asText().equals("platform.report"));
    }
  }

  @Test
  void linesOfAFunctionThatTimesOutArrive() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .timeoutMillis(1_000)
                .function(invocation -> {
                  invocation.log("before the end");
                  invocation.hang();
                })
                .start()) {
      InvocationOutcome outcome = sandbox.invoke("{}");
      destination.awaitLines(1, Duration.ofSeconds(5));

      assertThat(outcome.status()).isEqualTo(InvocationOutcome.Status.TIMEOUT);
      assertThat(ShippedLayer.functionLines(destination)).contains("before the end");
    }
  }

  @Test
  void linesOfAFunctionThatCrashesArrive() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .function(invocation -> {
                  invocation.log("before the crash");
                  throw invocation.crash(1);
                })
                .start()) {
      sandbox.invoke("{}");
      destination.awaitLines(1, Duration.ofSeconds(5));

      assertThat(ShippedLayer.functionLines(destination)).contains("before the crash");
    }
  }

  @Test
  void killedWhileIdleNoInvocationFailsAndTheNextLogsArrive() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .function(invocation -> invocation.log("line of " + invocation.payload()))
                .start()) {
      sandbox.invoke("1");
      sandbox.thaw();
      kill(sandbox);

      assertThat(sandbox.invoke("2").succeeded()).isTrue();
      assertThat(sandbox.invoke("3").succeeded()).isTrue();
      assertThat(sandbox.shutdown("spindown").extensions().getFirst().exitCode()).isZero();

      assertThat(ShippedLayer.functionLines(destination))
          .containsExactly("line of 1", "line of 2", "line of 3");
      assertThat(sandbox.extensionOutput()).anyMatch(line -> line.contains("starting it again"));
    }
  }

  @Test
  void killedDuringAnInvocationItDoesNotFailAndTheNextLogsArrive() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .function(invocation -> {
                  running.countDown();
                  killed.await();
                  invocation.log("line of " + invocation.payload());
                })
                .start()) {
      CompletableFuture<InvocationOutcome> first = sandbox.invokeAsync("1");
      running.await();
      kill(sandbox);
      killed.countDown();

      assertThat(first.get().succeeded()).isTrue();
      assertThat(sandbox.invoke("2").succeeded()).isTrue();
      assertThat(sandbox.shutdown("spindown").extensions().getFirst().exitCode()).isZero();

      assertThat(ShippedLayer.functionLines(destination)).contains("line of 2");
    }
  }

  /// Kills Java and waits until the launcher has started another one.
  private static void kill(Sandbox sandbox) throws Exception {
    ProcessHandle java = ShippedLayer.java(sandbox);
    java.destroyForcibly();
    java.onExit().get();
  }
}
