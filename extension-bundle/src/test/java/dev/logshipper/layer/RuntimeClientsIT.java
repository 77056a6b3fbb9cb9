package dev.logshipper.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.function.LogFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Functions under AWS's runtime clients for Python and Node, where they are installed: in the
/// folder that `RUNTIME_CLIENTS` names, as `scripts/test --clients` does. Java's client is
/// [HelloFunctionIT]'s.
@Tag("clients")
class RuntimeClientsIT {
  private static final Path APPLICATION = Path.of("src/test/clients").toAbsolutePath();
  private static final int RECORDS_EACH = 3;

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void everyCallUnderPythonsClientIsOneRecord(LogFormat format) throws Exception {
    everyCallIsOneRecord(
        format,
        List.of(client("python/bin/python"), "-m", "awslambdaric", "app.handler"),
        List.of("lines", "ValueError", "boom", "app.py"));
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void everyCallUnderNodesClientIsOneRecord(LogFormat format) throws Exception {
    everyCallIsOneRecord(
        format,
        List.of(
            "/usr/bin/env",
            "node",
            client("node/node_modules/aws-lambda-ric/index.mjs"),
            "app.handler"),
        List.of("lines", "Error: boom", "app.mjs"));
  }

  private static void everyCallIsOneRecord(
      LogFormat format, List<String> command, List<String> trace) throws Exception {
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            ShippedLayer.shippingTo(destination)
                .logFormat(format)
                .handler("app.handler")
                .taskRoot(APPLICATION)
                .timeoutMillis(10_000)
                .function(
                    command,
                    Map.of("PYTHONPATH", APPLICATION.toString(), "PYTHONDONTWRITEBYTECODE", "1"))
                .start()) {
      String first = sandbox.invoke("{}").requestId();
      String second = sandbox.invoke("{}").requestId();
      sandbox.shutdown("spindown");

      List<JsonNode> records =
          ShippedLayer.arrived(destination).stream()
              .filter(each -> each.path("log_type").asText().equals("function"))
              .toList();
      assertThat(records).hasSize(2 * RECORDS_EACH);
      assertOneInvocation(records.subList(0, RECORDS_EACH), first, trace);
      assertOneInvocation(records.subList(RECORDS_EACH, 2 * RECORDS_EACH), second, trace);
    }
  }

  /// Framed and printed records come by two streams, so their order is open.
  private static void assertOneInvocation(List<JsonNode> records, String id, List<String> trace) {
    assertThat(records).extracting(each -> each.at("/faas/request_id").asText()).containsOnly(id);
    assertThat(records).anyMatch(each -> text(each).contains("first line"));
    assertThat(records).anyMatch(each -> text(each).strip().equals("printed"));
    assertThat(records).anySatisfy(each -> assertThat(text(each)).contains(trace));
  }

  private static String text(JsonNode each) {
    return each.path("message").asText();
  }

  private static String client(String path) {
    String folder = System.getenv("RUNTIME_CLIENTS");
    assumeTrue(folder != null, "RUNTIME_CLIENTS is not set");
    return Path.of(folder, path).toString();
  }
}
