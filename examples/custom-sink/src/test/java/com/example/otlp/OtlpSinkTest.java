package com.example.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Settings;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.Deadline;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.SendResult;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.testkit.CapturedOutput;
import dev.logshipper.sink.testkit.Records;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Messages and protocol details, which the contract does not cover.
class OtlpSinkTest {
  private final CapturedOutput output = new CapturedOutput();

  @Test
  void wrongTokenNamesTheVariableToCheck() throws Exception {
    try (CollectorFixture collector = new CollectorFixture()) {
      assertThat(send(collector, Map.of("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=none")))
          .isEqualTo(
              SendResult.rejectedByEndpoint(
                  "http://"
                      + collector.endpoint()
                      + " returned 401: check OTEL_EXPORTER_OTLP_HEADERS"));
    }
  }

  @Test
  void wrongPathNamesTheVariableToCheck() throws Exception {
    try (CollectorFixture collector = new CollectorFixture()) {
      String url = "http://" + collector.endpoint() + "/logs";

      assertThat(send(collector, Map.of("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", url)))
          .isEqualTo(
              SendResult.rejectedByEndpoint(
                  "http://"
                      + collector.endpoint()
                      + " returned 404: check OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"));
    }
  }

  @Test
  void refusedConnectionNamesTheVariableToCheck() throws Exception {
    CollectorFixture collector = new CollectorFixture();
    collector.close();

    assertThat(send(collector, Map.of()))
        .isEqualTo(
            SendResult.retry(
                "cannot reach http://"
                    + collector.endpoint()
                    + ": connection refused: check OTEL_EXPORTER_OTLP_ENDPOINT"));
  }

  @Test
  void recordsRejectedByTheCollectorAreReportedAndNotSentAgain() throws Exception {
    try (CollectorFixture collector =
        new CollectorFixture() {
          @Override
          protected ScriptedResponse.Http accept(ReceivedRequest request) {
            return ScriptedResponse.ok()
                .header("Content-Type", "application/json")
                .body("{\"partialSuccess\":{\"rejectedLogRecords\":\"1\"}}");
          }
        }) {
      assertThat(send(collector, Map.of())).isEqualTo(SendResult.DELIVERED);
      assertThat(output.text()).contains(collector.endpoint() + " rejected some records");
    }
  }

  private SendResult send(CollectorFixture collector, Map<String, String> changes)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(collector.environment());
    environment.putAll(changes);
    SinkContext context =
        new SinkContext(
            Settings.of(environment, OtlpSettings.ALL),
            () -> new FunctionIdentity("hello", "7", "eu-west-1", 128, null, null),
            output.diagnostics());
    try (Sink sink = new OtlpSinkProvider().open(context)) {
      Batch batch = new Batch("b-1", Records.lines("a line"));
      return sink.send(batch, Deadline.after(Duration.ofSeconds(20), System::nanoTime));
    }
  }
}
