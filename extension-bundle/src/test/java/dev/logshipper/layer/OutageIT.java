package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.Sandbox;
import dev.logshipper.sandbox.SandboxBuilder;
import dev.logshipper.sandbox.ShutdownOutcome;
import dev.logshipper.sandbox.destination.Answer;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.junit.SandboxExtension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Destinations that are down, and come back.
@ExtendWith(SandboxExtension.class)
class OutageIT {
  private static final int INVOCATIONS = 4;
  private static final int TIMEOUT_MILLIS = 3_000;

  static Stream<Named<Answer>> outages() {
    return Stream.of(
        Named.of("503", Answer.status(503)),
        Named.of("429", Answer.status(429).retryAfterSeconds(1)),
        Named.of("hang", Answer.hang()),
        Named.of("reset before the body", Answer.resetBeforeBody()));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void noInvocationFailsAndWhatWasKeptArrivesAfterwards(Answer outage) throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox = withShortTimeout(destination).start()) {
      destination.answer(outage);
      List<String> expected = ShippedLayer.invoke(sandbox, INVOCATIONS);

      destination.answer(Answer.ok());
      destination.release();
      expected.addAll(ShippedLayer.invoke(sandbox, 1));
      assertThat(sandbox.shutdown("spindown").extensions().getFirst().exitCode()).isZero();

      assertThat(ShippedLayer.functionLines(destination)).containsExactlyElementsOf(expected);
      assertThat(ShippedLayer.ledger(sandbox, "left_behind")).isZero();
      assertThat(ShippedLayer.ledger(sandbox, "dropped")).isZero();
    }
  }

  @Test
  void closedPort() throws Exception {
    HttpDestination first = HttpDestination.start();
    int port = first.port();
    try (Sandbox sandbox = withShortTimeout(first).start()) {
      first.close();
      List<String> expected = ShippedLayer.invoke(sandbox, INVOCATIONS);
      try (HttpDestination second = HttpDestination.start(port)) {
        expected.addAll(ShippedLayer.invoke(sandbox, 1));
        sandbox.shutdown("spindown");

        assertThat(ShippedLayer.functionLines(second)).containsExactlyElementsOf(expected);
      }
    }
  }

  @Test
  void refusalIsNotRepeatedAndIsSaidOnce() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox = withShortTimeout(destination).start()) {
      destination.answer(Answer.status(401));
      ShippedLayer.invoke(sandbox, INVOCATIONS);
      sandbox.shutdown("spindown");

      assertThat(destination.requests()).hasSizeLessThanOrEqualTo(INVOCATIONS + 1);
      assertThat(sandbox.extensionOutput()).filteredOn(line -> line.contains("401")).hasSize(1);
      assertThat(ShippedLayer.ledger(sandbox, "dropped_rejected"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
    }
  }

  @ParameterizedTest
  @MethodSource("outages")
  void shutdownAmidAnOutageEndsInsideItsWindow(Answer outage) throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox = withShortTimeout(destination).start()) {
      destination.answer(outage);
      ShippedLayer.invoke(sandbox, 2);
      ShutdownOutcome.ExtensionEnd end = sandbox.shutdown("spindown").extensions().getFirst();

      assertThat(end.killed()).isFalse();
      assertThat(end.exitCode()).isZero();
      long received = ShippedLayer.ledger(sandbox, "received");
      assertThat(ShippedLayer.ledger(sandbox, "left_behind")).isEqualTo(received);
    }
  }

  @Test
  void deadDestinationHoldsNoInvocationOnceThatIsKnown() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox = withShortTimeout(destination).start()) {
      destination.answer(Answer.hang());
      ShippedLayer.invoke(sandbox, 1);

      for (int i = 0; i < INVOCATIONS; i++) {
        assertThat(sandbox.invoke("{}").heldMillis()).isLessThan(200);
      }
    }
  }

  private static SandboxBuilder withShortTimeout(HttpDestination destination) {
    return ShippedLayer.shippingOneLineEach(destination).timeoutMillis(TIMEOUT_MILLIS);
  }
}
