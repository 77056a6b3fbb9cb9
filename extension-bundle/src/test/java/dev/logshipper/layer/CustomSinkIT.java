package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logshipper.bundle.CustomSinkBuild;
import dev.logshipper.bundle.UnpackedLayer;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.environment.InvocationOutcome;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.junit.SandboxExtension;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The sink of `examples/custom-sink`, built as a third party builds it and attached as a second
/// layer.
@ExtendWith(SandboxExtension.class)
class CustomSinkIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CustomSinkBuild BUILD = new CustomSinkBuild();
  private static final int DEFAULT_PORT = 4318;
  private static final int INVOCATIONS = 5;
  private static final int LINES = 40;

  @TempDir static Path folder;
  private static UnpackedLayer layers = new UnpackedLayer(Path.of("set in buildAndAttach"));

  private final HttpDestination collector = HttpDestination.start();

  @BeforeAll
  static void buildAndAttach() throws Exception {
    layers = UnpackedLayer.in(folder.resolve("opt")).with(BUILD.layer());
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  /// A build that finds no tests is green as well.
  @Test
  void buildRunsTheContract() {
    assertThat(BUILD.testReports().resolve("TEST-com.example.otlp.OtlpSinkContractTest.xml"))
        .exists();
  }

  @Test
  void everyLineArrivesOnceInOrderWithItsRequestId() throws Exception {
    try (Sandbox sandbox = shipping("otlp").start()) {
      List<Line> lines = invoke(sandbox);
      end(sandbox);

      assertThat(collected()).isEqualTo(lines);
      assertThat(sandbox.extensionOutput()).as("output").hasSize(1);
      assertThat(ShippedLayer.ledger(sandbox, "delivered"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
    }
  }

  @Test
  void bothSinksGetEveryLine() throws Exception {
    try (HttpDestination bundled = HttpDestination.start();
        Sandbox sandbox =
            shipping("http,otlp").environment("ED_ENDPOINT", bundled.url() + "/logs").start()) {
      List<Line> lines = invoke(sandbox);
      end(sandbox);

      assertThat(collected()).isEqualTo(lines);
      assertThat(ShippedLayer.functionLines(bundled))
          .isEqualTo(lines.stream().map(Line::text).toList());
    }
  }

  @Test
  void missingEndpointIsReportedInOneLine() throws Exception {
    assumeFalse(isTaken(DEFAULT_PORT), "something listens on port " + DEFAULT_PORT);
    try (Sandbox sandbox = logging("otlp").start()) {
      invoke(sandbox);
      end(sandbox);

      assertThat(sandbox.extensionOutput())
          .as("output without the ledger")
          .hasSize(2)
          .first()
          .asString()
          .contains("otlp: ", "http://localhost:4318", "check OTEL_EXPORTER_OTLP_ENDPOINT");
      assertThat(ShippedLayer.ledger(sandbox, "left_behind"))
          .isEqualTo(ShippedLayer.ledger(sandbox, "received"));
    }
  }

  /// A line of the function.
  private record Line(String requestId, String text) {}

  private SandboxBuilder shipping(String modes) {
    return logging(modes).environment("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
  }

  private static SandboxBuilder logging(String modes) {
    return Sandbox.builder()
        .extensions(layers.extensions())
        .environment("PUSHER_MODE", modes)
        .function(invocation -> {
          for (int i = 0; i < LINES; i++) {
            invocation.log(text(invocation.requestId(), i));
          }
        });
  }

  private static String text(String requestId, int line) {
    return requestId + " line " + line + " ü \"quoted\"";
  }

  private static List<Line> invoke(Sandbox sandbox) throws InterruptedException {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < INVOCATIONS; i++) {
      InvocationOutcome outcome = sandbox.invoke("{}");
      assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
      for (int line = 0; line < LINES; line++) {
        lines.add(new Line(outcome.requestId(), text(outcome.requestId(), line)));
      }
    }
    return lines;
  }

  private static void end(Sandbox sandbox) throws InterruptedException {
    assertThat(sandbox.shutdown("spindown").extensions().getFirst().exitCode()).isZero();
  }

  private List<Line> collected() throws JsonProcessingException {
    List<Line> lines = new ArrayList<>();
    for (ReceivedRequest request : collector.requests()) {
      assertThat(request.path()).isEqualTo("/v1/logs");
      JsonNode body = JSON.readTree(request.bodyText());
      for (JsonNode record : body.at("/resourceLogs/0/scopeLogs/0/logRecords")) {
        if (attribute(record, "type").equals("function")) {
          lines.add(
              new Line(
                  attribute(record, "faas.invocation_id"),
                  record.at("/body/stringValue").asText()));
        }
      }
    }
    return lines;
  }

  private static String attribute(JsonNode record, String key) {
    for (JsonNode attribute : record.path("attributes")) {
      if (attribute.path("key").asText().equals(key)) {
        return attribute.at("/value/stringValue").asText();
      }
    }
    return "";
  }

  private static boolean isTaken(int port) {
    try (Socket _ = new Socket("localhost", port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
