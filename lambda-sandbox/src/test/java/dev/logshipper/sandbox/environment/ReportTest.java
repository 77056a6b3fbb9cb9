package dev.logshipper.sandbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReportTest extends SubscribedTestBase {

  ReportTest() throws IOException {}

  @Test
  void reportIsDeliveredAfterTheNextThaw() throws Exception {
    try (Sandbox sandbox = subscribed().start()) {
      InvocationOutcome first = sandbox.invoke("{}");
      assertThat(receiver.events("platform.report")).isEmpty();

      sandbox.thaw();

      receiver.await(each -> !each.events("platform.report").isEmpty());
      JsonNode report = receiver.events("platform.report").getFirst().path("record");
      assertThat(report.path("requestId").asText()).isEqualTo(first.requestId());
      assertThat(report.path("metrics").path("initDurationMs").asDouble()).isPositive();
    }
  }

  @Test
  void reportCanBeDeliveredWithRuntimeDone() throws Exception {
    try (Sandbox sandbox =
        subscribed()
            .telemetry(TelemetryBehaviour.standard().reportWithRuntimeDone())
            .freeze(false)
            .start()) {
      assertThat(sandbox.invoke("{}").succeeded()).isTrue();
      receiver.await(each -> !each.events("platform.report").isEmpty());

      assertThat(receiver.deliveries())
          .anyMatch(delivery ->
              delivery.body().contains("platform.runtimeDone")
                  && delivery.body().contains("platform.report"));
    }
  }
}
