package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.TelemetryBehaviour;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The delay of an invocation without a fault: the platform's own buffer of 25 ms and the send. The
/// bounds are wide because the machine may be busy; they detect delays of seconds.
@ExtendWith(SandboxExtension.class)
class HoldIT {
  private static final int INVOCATIONS = 5;
  private static final double HELD_MILLIS_MAX = 700;

  @Test
  void reportInTheSameDeliveryAsRuntimeDoneIsShipped() throws Exception {
    holdsNoInvocation(TelemetryBehaviour.standard().reportWithRuntimeDone(), "function,platform");
  }

  @Test
  void functionLinesAloneAreShippedWithoutDelay() throws Exception {
    holdsNoInvocation(TelemetryBehaviour.standard(), "function");
  }

  private static void holdsNoInvocation(TelemetryBehaviour telemetry, String logTypes)
      throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            logging(destination)
                .environment("ED_LAMBDA_LOG_TYPES", logTypes)
                .telemetry(telemetry)
                .start()) {
      for (int i = 0; i < INVOCATIONS; i++) {
        InvocationOutcome outcome = sandbox.invoke("{}");
        assertThat(outcome.succeeded()).isTrue();
        assertThat(outcome.heldMillis()).isLessThan(HELD_MILLIS_MAX);
      }
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).hasSize(INVOCATIONS);
      boolean platformWanted = logTypes.contains("platform");
      assertThat(ShippedLayer.messages(destination, "platform.start"))
          .hasSize(platformWanted ? INVOCATIONS : 0);
    }
  }

  @Test
  void flushAtTheNextInvocationDelaysNothingAndLosesNothing() throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            logging(destination).environment("ED_FLUSH_AT_NEXT_INVOKE", "true").start()) {
      for (int i = 0; i < INVOCATIONS; i++) {
        assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      }
      sandbox.shutdown("spindown");

      assertThat(ShippedLayer.functionLines(destination)).hasSize(INVOCATIONS);
    }
  }

  private static SandboxBuilder logging(HttpDestination destination) {
    return ShippedLayer.shippingTo(destination).function(invocation -> invocation.log("a line"));
  }
}
